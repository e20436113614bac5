/** A custom filter in words: "Messages more than 5 and Channel contains shop". */
import { shortDate } from "../../lib/format.ts"
import { t } from "../../lib/text.svelte.ts"
import type { FieldKind, FilterField, ListDefinition } from "./definition.ts"
import type { Condition, CustomFilter } from "./search.ts"

/** What can be asked of a field, by what it holds; the words follow from the operator and the kind. */
export const operators: Record<FieldKind, string[]> = {
  number: ["=", "!=", ">", "<"],
  moment: [">=", "<"],
  flag: ["="],
  choice: ["=", "!="],
  name: ["ilike"],
  row: ["=", "!="],
}

export function operatorText(kind: FieldKind, operator: string): string {
  if (kind === "moment") return operator === "<" ? t("lists.operator.before") : t("lists.operator.since")
  switch (operator) {
    case "!=":
      return t("lists.operator.is_not")
    case ">":
      return t("lists.operator.more")
    case "<":
      return t("lists.operator.less")
    case "ilike":
      return t("lists.operator.contains")
    default:
      return t("lists.operator.is")
  }
}

export function conditionText(definition: ListDefinition, { any, conditions }: CustomFilter): string {
  const texts = conditions.flatMap((condition) => {
    const field = definition.fields.find((it) => it.key === condition.field)
    if (!field) return []
    return `${t(field.label)} ${operatorText(field.kind, condition.operator)} ${valueText(field, condition)}`
  })
  return texts.join(` ${any ? t("lists.or") : t("lists.and")} `)
}

function valueText(field: FilterField, { value }: Condition): string {
  if (field.kind === "flag") return value === "true" ? t("lists.yes") : t("lists.no")
  if (field.kind === "moment") return shortDate(value)
  const choice = field.choices?.find((it) => it.value === value)
  return choice ? t(choice.label) : value
}
