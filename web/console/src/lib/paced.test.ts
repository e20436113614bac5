import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { paced } from "./paced.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test("much that is asked at once is done at once, and once again at the end", () => {
  const work = vi.fn()
  const ask = paced(work, 1000)
  for (let at = 0; at < 50; at++) ask()
  expect(work).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1000)
  expect(work).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(5000)
  expect(work).toHaveBeenCalledTimes(2)
  ask()
  expect(work).toHaveBeenCalledTimes(3)
})
