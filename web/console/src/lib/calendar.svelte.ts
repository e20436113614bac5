/** Days as the person's clock has them: in the time zone that was chosen, else in the browser's. */
const DAY_MS = 24 * 60 * 60 * 1000

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

let zone = $state.raw(zoneOf(browserZone))

export function timeZone(): string {
  return zone.name
}

/** What was chosen elsewhere may be unknown to this browser, which then keeps its own. */
export function liveIn(name: string | null): void {
  try {
    zone = zoneOf(name || browserZone)
  } catch {
    zone = zoneOf(browserZone)
  }
}

/** 2026-11-20 */
export function dayOf(at: Date): string {
  return written(at).slice(0, 10)
}

/** When a day of this calendar begins. */
export function beginningOf(day: string): Date {
  const midnight = Date.parse(day)
  // The first guess may lie on the other side of a change of the clocks.
  const guess = midnight - offset(new Date(midnight))
  return new Date(midnight - offset(new Date(guess)))
}

export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10)
}

export function daysBetween(earlier: Date, later: Date): number {
  return Math.round((Date.parse(dayOf(later)) - Date.parse(dayOf(earlier))) / DAY_MS)
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7
}

/** What the clock on the wall is ahead of UTC, in milliseconds. */
function offset(at: Date): number {
  const wall = Date.parse(`${written(at).replace(" ", "T")}Z`)
  return wall - Math.floor(at.getTime() / 1000) * 1000
}

function written(at: Date): string {
  return zone.clock.format(at)
}

/** Swedish is written as ISO 8601 has it: 2026-11-20 10:05:00. */
function zoneOf(name: string) {
  return { name, clock: new Intl.DateTimeFormat("sv-SE", { timeZone: name, dateStyle: "short", timeStyle: "medium" }) }
}
