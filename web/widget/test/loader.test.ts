import { expect, test, vi } from "vitest"
import { Events } from "../loader/events"
import { flagsOf } from "../loader/flags"

test("listeners of the page are called, once or again, until they are taken off", async () => {
  const events = new Events()
  const [always, once, gone] = [vi.fn(), vi.fn(), vi.fn()]
  events.on("unread", always)
  events.on("unread", once, true)
  events.on("unread", gone)
  events.off("unread", gone)
  events.emit("unread", 1)
  events.emit("unread", 2)
  events.emit("close")
  await Promise.resolve()
  expect([always.mock.calls, once.mock.calls, gone.mock.calls]).toEqual([[[1], [2]], [[1]], []])
})

test("flags are kept by channel, and only whether it is open by tab", () => {
  const flag = flagsOf(7)
  flag("dismissed", true)
  flag("open", true)
  expect([flag("dismissed"), flagsOf(8)("dismissed"), flag("open")]).toEqual([true, false, true])
  expect([Object.keys(localStorage), Object.keys(sessionStorage)]).toEqual([["frontdesk.7.dismissed"], ["frontdesk.7.open"]])
  flag("open", false)
  expect(flag("open")).toBe(false)
})

test("where storage is refused, nothing is remembered and nothing breaks", () => {
  const refused = () => {
    throw new DOMException("denied", "SecurityError")
  }
  vi.spyOn(globalThis, "localStorage", "get").mockImplementation(refused)
  expect(flagsOf(9)("dismissed", true)).toBe(false)
  vi.restoreAllMocks()
})
