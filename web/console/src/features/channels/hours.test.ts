import { expect, test } from "vitest"
import { clockOf, minuteOf, timeZones } from "./hours.ts"

test("a minute of the day is a clock, and back", () => {
  for (const [minute, clock] of [
    [0, "00:00"],
    [540, "09:00"],
    [1020, "17:00"],
    [1440, "23:59"],
  ] as const) {
    expect(clockOf(minute)).toBe(clock)
    expect(minuteOf(clock)).toBe(minute)
  }
})

test("a time zone that is set is listed, whatever the browser knows", () => {
  expect(timeZones("Mars/Base")).toContain("Mars/Base")
  expect(timeZones(undefined)).toContain("Europe/Madrid")
})
