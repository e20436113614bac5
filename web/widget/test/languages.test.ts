import { expect, test } from "vitest"
// @ts-expect-error the build is plain JavaScript
import { differences } from "../build/languages.mjs"

const english = { a: "{n} left", b: "Send", c: "{x} and {y}" }

test("a language that says the same passes", () => {
  expect(differences("es", english, { a: "quedan {n}", b: "Enviar", c: "{y} y {x}" })).toEqual([])
})

test("missing, empty, unknown and differently filled texts are named", () => {
  expect(differences("es", english, { a: "quedan {m}", b: "", d: "?" })).toEqual([
    "es: b is missing",
    "es: c is missing",
    "es: d is not in English",
    "es: a has other placeholders than English",
  ])
})
