import type { ListCell } from "@frontdesk/protocol"
import { day, monthAndYear, shortDate } from "../../lib/format.ts"
import { t } from "../../lib/text.svelte.ts"
import type { ListDefinition } from "./definition.ts"

/** What the rows of a group have in common, in words. */
export function groupText(definition: ListDefinition, grouping: string, value: ListCell): string {
  if (value === null) return t("lists.group_none")
  if (typeof value === "object") return value.name ?? `#${value.id}`
  const [field = "", period] = grouping.split(":")
  if (period) return periodText(period, String(value))
  const choices = definition.fields.find((it) => it.key === field)?.choices
  const choice = choices?.find((it) => it.value === value)
  return choice ? t(choice.label) : String(value)
}

function periodText(period: string, start: string): string {
  if (period === "month") return monthAndYear(start)
  if (period === "week") return t("lists.week_of", { date: shortDate(start) })
  return day(start)
}
