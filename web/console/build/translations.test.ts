import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { compare, translationMistakes } from "./translations.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))

it("every language has every text with the same placeholders", () => {
  expect(translationMistakes(`${root}translations`)).toEqual([])
})

it("every error code of the protocol has a text", () => {
  const table = readFileSync(`${root}docs/protocol.md`, "utf8").split("## Who is asking")[0] ?? ""
  const rows = table.split("\n").filter((line) => line.startsWith("| `"))
  const codes = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ""))
  const texts = JSON.parse(readFileSync(`${root}translations/en/errors.json`, "utf8")) as Record<string, string>
  expect(codes.length).toBeGreaterThan(20)
  expect(codes.filter((code) => !texts[code])).toEqual([])
})

it("names what is missing, left over or different", () => {
  expect(compare({ a: "one", b: "{x}" }, { b: "{y}", c: "three" })).toEqual([
    "a is missing",
    "c does not exist in English",
    "b has other placeholders than English",
  ])
})
