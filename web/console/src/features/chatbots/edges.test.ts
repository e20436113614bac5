import { expect, test } from "vitest"
import { roundedPath } from "./edges.ts"

test("a line is straight, and a corner round", () => {
  expect(roundedPath([[0, 0], [0, 40]])).toBe("M0 0L0 40")
  expect(roundedPath([[0, 0], [0, 40], [60, 40]])).toBe("M0 0L0 32Q0 40 8 40L60 40")
})

test("a short way has a small corner, and no way none", () => {
  expect(roundedPath([[0, 0], [0, 4], [60, 4]])).toBe("M0 0L0 2Q0 4 2 4L60 4")
  expect(roundedPath([[0, 0], [0, 0], [0, 9]])).toBe("M0 0L0 0Q0 0 0 0L0 9")
  expect(roundedPath([])).toBe("")
})
