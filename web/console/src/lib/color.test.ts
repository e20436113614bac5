import { expect, test } from "vitest"
import { contrast, isColor } from "./color.ts"

test("black on white has the highest contrast, a colour on itself the lowest", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21)
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21)
  expect(contrast("#006e77", "#006E77")).toBe(1)
})

test("the default colours of the widget can be read", () => {
  expect(contrast("#ffffff", "#006E77")).toBeGreaterThan(4.5)
})

test("a colour is six digits after a hash", () => {
  expect(["#006e77", "#FFFFFF"].every(isColor)).toBe(true)
  expect(["", "#fff", "006e77", "#006e7g", "#006e77 ", "red"].some(isColor)).toBe(false)
})
