import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Receipts } from "../window/receipts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test("marks of the team only rise", () => {
  const receipts = new Receipts(() => undefined)
  receipts.raiseTeam({ delivered: 5, read: 2 })
  receipts.raiseTeam({ delivered: 3, read: 4 })
  expect(receipts.team).toEqual({ delivered: 5, read: 4 })
})

test("own marks are told at most once a second, and only where there is news", () => {
  const told: number[] = []
  const receipts: Receipts = new Receipts(() => {
    told.push(receipts.read)
    return { delivered: 9, read: receipts.read }
  })
  for (const seq of [1, 2, 3]) {
    receipts.raiseRead(seq)
    receipts.tellSoon(9)
  }
  vi.advanceTimersByTime(1_000)
  receipts.tellSoon(9)
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual([3])
})

test("what could not be told is told later", () => {
  let isOpen = false
  const tell = vi.fn(() => (isOpen ? { delivered: 1, read: 1 } : undefined))
  const receipts = new Receipts(tell)
  receipts.raiseRead(1)
  receipts.tellSoon(1)
  vi.advanceTimersByTime(1_000)
  isOpen = true
  receipts.tellSoon(1)
  vi.advanceTimersByTime(1_000)
  expect(tell).toHaveBeenCalledTimes(2)
})
