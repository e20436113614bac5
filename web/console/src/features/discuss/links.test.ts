import { expect, it } from "vitest"
import { pieces, webAddress } from "./links.ts"

it("finds addresses and leaves the sentence's punctuation outside", () => {
  expect(pieces("See https://shop.test/a?b=1, please.")).toEqual([
    { text: "See ", href: null },
    { text: "https://shop.test/a?b=1", href: "https://shop.test/a?b=1" },
    { text: ", please.", href: null },
  ])
})

it("makes no link of a script or of markup", () => {
  expect(pieces("javascript:alert(1) <b>x</b>")).toEqual([{ text: "javascript:alert(1) <b>x</b>", href: null }])
  expect(webAddress("javascript:alert(1)")).toBeNull()
})

it("shows a page's address without protocol and query", () => {
  expect(webAddress("https://shop.test/tour?utm=1")?.text).toBe("shop.test/tour")
  expect(webAddress("https://shop.test/")?.text).toBe("shop.test")
})
