import { expect, test, vi } from "vitest"
import type { Item } from "../window/items"
import { Pace } from "../window/pace"

const item = (key: string): Item => ({ kind: "message", key, author: "chatbot", text: key })
const keys = (items: Item[]) => items.map(({ key }) => key)

test("a chatbot types before each message, and one after the other", async () => {
  vi.useFakeTimers()
  const changed = vi.fn()
  const pace = new Pace(changed)
  const said = [
    { item: item("2"), delay: 0 },
    { item: item("3"), delay: 400 },
    { item: item("4"), delay: 900 },
  ]
  expect([keys(pace.take(said)), pace.isTyping]).toEqual([["2"], true])
  await vi.advanceTimersByTimeAsync(450)
  expect(changed).toHaveBeenCalledTimes(1)
  expect(keys(pace.take(said))).toEqual(["2", "3"])
  await vi.advanceTimersByTimeAsync(900)
  expect([keys(pace.take(said)), pace.isTyping]).toEqual([["2", "3", "4"], false])
  vi.useRealTimers()
})

test("what was there when the page came is not typed again", () => {
  const pace = new Pace(() => {})
  pace.skip([item("2"), item("3")])
  expect(keys(pace.take([{ item: item("2"), delay: 400 }, { item: item("3"), delay: 400 }]))).toEqual(["2", "3"])
})
