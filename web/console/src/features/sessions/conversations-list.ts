/** All conversations as a list (D16, M7): what can be shown, filtered and grouped. */
import { beginningOf, dayBefore, dayOf, weekdayOf } from "../../lib/calendar.svelte.ts"
import { firstWeekday } from "../../lib/format.ts"
import { either, type ListDefinition, type Term } from "../lists/definition.ts"

export const conversationsList: ListDefinition = {
  list: "conversations",
  columns: [
    { key: "created_at", label: "lists.date", width: "140px", sortable: true },
    { key: "visitor", label: "lists.visitor" },
    { key: "operator", label: "lists.operator_name" },
    { key: "channel", label: "lists.channel" },
    { key: "status", label: "lists.status", width: "172px" },
    { key: "duration", label: "lists.duration", width: "110px", figures: true, sortable: true },
    { key: "messages", label: "lists.messages", width: "110px", figures: true },
    { key: "country", label: "lists.country", width: "130px", optional: true },
    { key: "language", label: "lists.language", width: "130px" },
    { key: "id", label: "lists.number", width: "96px", figures: true, sortable: true, optional: true },
  ],
  filters: [
    { key: "mine", label: "lists.filter.mine", set: "who", terms: () => [["member", "=", true]] },
    { key: "open", label: "lists.filter.open", set: "state", terms: () => [["open", "=", true]] },
    { key: "ended", label: "lists.filter.ended", set: "state", terms: () => [["open", "=", false]] },
    { key: "today", label: "lists.filter.today", set: "date", terms: (now) => since(beginningOf(dayOf(now))) },
    { key: "24h", label: "lists.filter.24h", set: "date", terms: (now) => since(new Date(now.getTime() - DAY_MS)) },
    { key: "week", label: "lists.filter.week", set: "date", terms: (now) => since(beginningOf(weekOf(now))) },
    {
      key: "month",
      label: "lists.filter.month",
      set: "date",
      terms: (now) => since(beginningOf(`${dayOf(now).slice(0, 7)}-01`)),
    },
  ],
  groupings: [
    { key: "channel", label: "lists.channel" },
    { key: "operator", label: "lists.operator_name" },
    { key: "status", label: "lists.status" },
    { key: "created_at:day", label: "lists.group.day" },
    { key: "created_at:week", label: "lists.group.week" },
    { key: "created_at:month", label: "lists.group.month" },
  ],
  fields: [
    { key: "created_at", label: "lists.date", kind: "moment" },
    { key: "ended_at", label: "lists.ended_at", kind: "moment" },
    { key: "channel", label: "lists.channel", kind: "name" },
    { key: "operator", label: "lists.operator_name", kind: "name" },
    { key: "visitor", label: "lists.visitor_number", kind: "row" },
    {
      key: "status",
      label: "lists.status",
      kind: "choice",
      choices: [
        { value: "in_progress", label: "status.in_progress" },
        { value: "waiting_for_customer", label: "status.waiting_for_customer" },
        { value: "looking_for_help", label: "status.looking_for_help" },
        { value: "ended", label: "status.ended" },
      ],
    },
    { key: "messages", label: "lists.messages", kind: "number" },
    { key: "member", label: "lists.filter.mine", kind: "flag" },
  ],
  wordTerms: (word) => {
    const number = /^#?(\d{1,15})$/.exec(word)?.[1]
    const visitor: Term[][] = number ? [[["visitor", "=", Number(number)]]] : []
    return either([...visitor, [["channel", "ilike", word]], [["operator", "ilike", word]]])
  },
  sort: { key: "created_at", descending: true },
  emptyText: "sessions.empty_text",
}

const DAY_MS = 24 * 60 * 60 * 1000

function since(moment: Date): Term[] {
  return [["created_at", ">=", moment.toISOString()]]
}

/** The first day of this week. Weeks begin as the language has it (behaviour: decision 26). */
function weekOf(now: Date): string {
  const today = dayOf(now)
  return dayBefore(today, (weekdayOf(today) - firstWeekday() + 7) % 7)
}
