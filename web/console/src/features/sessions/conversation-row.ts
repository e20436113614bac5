/** The fields of a conversation in a list. */
import { countryName, duration, languageName } from "../../lib/format.ts"
import { type Key, t } from "../../lib/text.svelte.ts"
import { visitorTitle } from "../discuss/names.ts"
import type { Row } from "../lists/level.svelte.ts"

export const statusTones = {
  in_progress: "accent",
  waiting_for_customer: "yellow",
  looking_for_help: "red",
  ended: "neutral",
} as const

export type ListedStatus = keyof typeof statusTones

export function statusOf(row: Row): ListedStatus {
  const status = String(row.status)
  return status in statusTones ? (status as ListedStatus) : "ended"
}

export function statusText(row: Row): string {
  return t(`status.${statusOf(row)}` satisfies Key)
}

export function visitorOf(row: Row): string {
  const visitor = row.visitor
  if (typeof visitor !== "object" || !visitor) return ""
  const country = typeof row.country === "string" ? row.country : null
  return visitorTitle({ ...visitor, email: null, language: null, country, time_zone: null, present: false })
}

export function nameOf(row: Row, field: "operator" | "channel"): string {
  const cell = row[field]
  return typeof cell === "object" && cell ? (cell.name ?? `#${cell.id}`) : ""
}

export function durationOf(row: Row): string {
  return typeof row.duration === "number" ? duration(row.duration) : ""
}

export function placeOf(row: Row, field: "country" | "language"): string {
  const code = row[field]
  if (typeof code !== "string") return ""
  return field === "country" ? countryName(code) : languageName(code)
}
