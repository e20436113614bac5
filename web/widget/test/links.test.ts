import { beforeAll, expect, test } from "vitest"
import { linked } from "../window/links"
import { lendDom } from "./lend-dom"

beforeAll(lendDom)

/** Text as it is, links in angle brackets. */
function shown(text: string): string {
  return linked(text)
    .map((part) => (typeof part === "string" ? part : `<${part.textContent}>`))
    .join("")
}

test.each([
  ["See https://alder.test/battery.", "See <https://alder.test/battery>."],
  ["(www.alder.test/a?b=c#d)", "(<www.alder.test/a?b=c#d>)"],
  ["HTTP://ALDER.TEST, then http://b.test!", "<HTTP://ALDER.TEST>, then <http://b.test>!"],
  ["javascript:alert(1) and mailto:a@b.test", "javascript:alert(1) and mailto:a@b.test"],
  ["<a href='https://x.test'>click</a>", "<a href='<https://x.test>'>click</a>"],
  ["awww.that is no address", "awww.that is no address"],
])("%s", (text, expected) => {
  expect(shown(text)).toBe(expected)
})

test("a link opens elsewhere, and takes nothing along", () => {
  const link = linked("www.alder.test")[1] as HTMLAnchorElement
  expect([link.href, link.target, link.rel]).toEqual(["https://www.alder.test/", "_blank", "noreferrer nofollow"])
})

test("markup stays text", () => {
  const [text] = linked("<img src=x onerror=alert(1)>")
  expect(text).toBe("<img src=x onerror=alert(1)>")
})
