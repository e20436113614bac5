import { expect, test } from "vitest"
import { moved } from "./order.ts"

test("a member moves, and the others keep their order", () => {
  expect(moved([1, 2, 3, 4], 0, 2)).toEqual([2, 3, 1, 4])
  expect(moved([1, 2, 3, 4], 3, 0)).toEqual([4, 1, 2, 3])
  expect(moved([1, 2], 5, 0)).toEqual([1, 2])
})
