/** Numbers, times and names of places as the person's language writes them. */
import { dayOf, daysBetween, timeZone } from "./calendar.svelte.ts"
import { language, t } from "./text.svelte.ts"

export function number(value: number): string {
  return kept(`number ${locale()}`, () => new Intl.NumberFormat(locale())).format(value)
}

/** 4.5, with one digit behind the point. */
export function decimal(value: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return kept(`decimal ${locale()}`, () => new Intl.NumberFormat(locale(), digits)).format(value)
}

/** 10:05 */
export function clock(at: string): string {
  return formatted(at, { hour: "2-digit", minute: "2-digit" })
}

/** The time, with the date unless it is today. */
export function when(at: string, now = new Date()): string {
  return isSameDay(at, now.toISOString()) ? clock(at) : shortMoment(at)
}

/** 20 Nov, 10:05 */
export function shortMoment(at: string): string {
  return `${shortDate(at)}, ${clock(at)}`
}

/** The whole moment, for tooltips. */
export function moment(at: string): string {
  return formatted(at, { dateStyle: "full", timeStyle: "short" })
}

/** How a list tells when: the time today, then "Yesterday", then the date. */
export function age(at: string, now = new Date()): string {
  const days = daysBetween(new Date(at), now)
  if (days <= 0) return clock(at)
  if (days === 1) return t("time.yesterday")
  return shortDate(at, now)
}

/** 3 Sep, with the year when it is another one. */
export function shortDate(at: string, now = new Date()): string {
  return formatted(at, { day: "numeric", month: "short", year: unlessThis(at, now) })
}

/** The heading of a day in a thread. */
export function day(at: string, now = new Date()): string {
  const days = daysBetween(new Date(at), now)
  if (days === 0) return t("time.today")
  if (days === 1) return t("time.yesterday")
  return formatted(at, { weekday: "long", day: "numeric", month: "long", year: unlessThis(at, now) })
}

/** November 2026 */
export function monthAndYear(at: string): string {
  return formatted(at, { month: "long", year: "numeric" })
}

/** 4 min, 1 h 20 min */
export function duration(millis: number): string {
  const minutes = Math.max(1, Math.round(millis / 60_000))
  const unit = (value: number, unit: string) =>
    kept(`${unit} ${locale()}`, () => new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short" })).format(value)
  if (minutes < 60) return unit(minutes, "minute")
  const rest = minutes % 60
  return rest === 0 ? unit(minutes / 60, "hour") : `${unit(Math.floor(minutes / 60), "hour")} ${unit(rest, "minute")}`
}

/** With which day weeks begin where the language is spoken: 1 Monday to 7 Sunday. */
export function firstWeekday(): number {
  const known = new Intl.Locale(locale()) as Intl.Locale & { weekInfo?: { firstDay: number }; getWeekInfo?: () => { firstDay: number } }
  return known.getWeekInfo?.().firstDay ?? known.weekInfo?.firstDay ?? 1
}

export function isSameDay(one: string, other: string): boolean {
  return dayOf(new Date(one)) === dayOf(new Date(other))
}

export function countryName(code: string): string {
  return displayName("region", code)
}

export function languageName(tag: string): string {
  return displayName("language", tag)
}

/** What the clock shows in a time zone, or null for a zone that this browser does not know. */
export function clockIn(timeZone: string, now = new Date()): string | null {
  try {
    return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", timeZone }).format(now)
  } catch {
    return null
  }
}

/** The person's language as the browser writes it: en-GB and en-US differ in dates and hours. */
function locale(): string {
  return navigator.languages.find((tag) => tag.split("-")[0] === language()) ?? language()
}

function formatted(at: string, options: Intl.DateTimeFormatOptions): string {
  const name = `${locale()} ${timeZone()} ${JSON.stringify(options)}`
  return kept(name, () => new Intl.DateTimeFormat(locale(), { ...options, timeZone: timeZone() })).format(new Date(at))
}

// Making a format takes a hundred times as long as using it, and a long thread shows a thousand times.
const formats = new Map<string, unknown>()

function kept<Format>(name: string, make: () => Format): Format {
  const format = (formats.get(name) as Format | undefined) ?? make()
  formats.set(name, format)
  return format
}

/** The year is told unless it is this one. */
function unlessThis(at: string, now: Date): "numeric" | undefined {
  return dayOf(new Date(at)).slice(0, 4) === dayOf(now).slice(0, 4) ? undefined : "numeric"
}

/** Visitors' browsers may send anything as a language; what is not known is shown as it came. */
function displayName(type: "region" | "language", code: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type }).of(code) ?? code
  } catch {
    return code
  }
}
