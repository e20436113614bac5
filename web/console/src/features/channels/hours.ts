/** Business hours as people read and write them: clocks instead of minutes, names instead of numbers. */
import type { BusinessHours } from "@frontdesk/protocol"
import { language } from "../../lib/text.svelte.ts"

/** Monday to Friday, nine to five, where this browser is. */
export function usualHours(): BusinessHours {
  const week = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, opens: 540, closes: 1020 }))
  return { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, week, holidays: [] }
}

/** 540 is 09:00. The end of a day is its last minute, since clocks know no 24:00. */
export function clockOf(minute: number): string {
  const shown = Math.min(minute, 1439)
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`
}

export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number)
  const minute = hours * 60 + minutes
  return minute === 1439 ? 1440 : minute
}

/** Every zone that the browser knows, and the one that is set. */
export function timeZones(set: string | undefined): string[] {
  const known = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])
  if (set) known.add(set)
  return [...known].sort()
}

/** 0 is Monday; 5 January 2026 was one. */
export function weekdayName(weekday: number): string {
  const day = new Date(Date.UTC(2026, 0, 5 + weekday))
  return new Intl.DateTimeFormat(language(), { weekday: "long", timeZone: "UTC" }).format(day)
}
