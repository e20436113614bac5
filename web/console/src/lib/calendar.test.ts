import { afterEach, expect, test } from "vitest"
import { beginningOf, browserZone, dayBefore, dayOf, daysBetween, liveIn, timeZone, weekdayOf } from "./calendar.svelte.ts"

afterEach(() => liveIn(null))

test("a day is that of the chosen time zone", () => {
  const at = new Date("2026-11-20T23:30:00Z")
  liveIn("Asia/Tokyo")
  expect(dayOf(at)).toBe("2026-11-21")
  liveIn("America/Los_Angeles")
  expect(dayOf(at)).toBe("2026-11-20")
  expect(daysBetween(new Date("2026-11-20T07:59:00Z"), at)).toBe(1)
})

test("a day begins at its midnight, also when clocks are changed", () => {
  liveIn("Europe/Berlin")
  expect(beginningOf("2026-11-20").toISOString()).toBe("2026-11-19T23:00:00.000Z")
  expect(beginningOf("2026-03-29").toISOString()).toBe("2026-03-28T23:00:00.000Z")
  expect(beginningOf("2026-03-30").toISOString()).toBe("2026-03-29T22:00:00.000Z")
  expect(beginningOf("2026-10-25").toISOString()).toBe("2026-10-24T22:00:00.000Z")
  liveIn("Pacific/Kiritimati")
  expect(beginningOf("2026-11-20").toISOString()).toBe("2026-11-19T10:00:00.000Z")
})

test("days are counted over the ends of months", () => {
  expect(dayBefore("2026-03-01", 1)).toBe("2026-02-28")
  expect(weekdayOf("2026-11-20")).toBe(5)
  expect(weekdayOf("2026-11-22")).toBe(7)
})

test("a time zone that this browser does not know leaves its own", () => {
  liveIn("Mars/Olympus")
  expect(timeZone()).toBe(browserZone)
})
