import { expect, test } from "vitest"
import { either, type ListDefinition } from "./definition.ts"
import { emptySearch, fromQuery, termsOf, toQuery } from "./search.ts"

const definition: ListDefinition = {
  list: "conversations",
  columns: [{ key: "created_at", label: "lists.date", sortable: true }],
  filters: [
    { key: "mine", label: "lists.filter.mine", set: "who", terms: () => [["member", "=", true]] },
    { key: "open", label: "lists.filter.open", set: "state", terms: () => [["open", "=", true]] },
    { key: "day", label: "lists.filter.today", set: "state", terms: () => [["id", ">", 1], ["id", "<", 9]] },
  ],
  groupings: [{ key: "channel", label: "lists.channel" }],
  fields: [{ key: "messages", label: "lists.messages", kind: "number" }],
  wordTerms: (word) => either([[["channel", "ilike", word]], [["operator", "ilike", word]]]),
  sort: { key: "created_at", descending: true },
  emptyText: "sessions.empty_text",
}
const now = new Date("2026-11-20T10:00:00Z")

test("filters of one set hold either-or, everything else together", () => {
  const search = { ...emptySearch(definition), filters: ["mine", "open", "day"], words: ["shop"] }
  expect(termsOf(definition, search, now)).toEqual([
    ["member", "=", true],
    "|",
    ["open", "=", true],
    "&",
    ["id", ">", 1],
    ["id", "<", 9],
    "|",
    ["channel", "ilike", "shop"],
    ["operator", "ilike", "shop"],
  ])
})

test("a custom filter holds for all of its conditions or for any", () => {
  const conditions = [
    { field: "messages", operator: ">", value: "5" },
    { field: "messages", operator: "=", value: "" },
  ]
  const search = (any: boolean) => ({ ...emptySearch(definition), custom: [{ any, conditions }] })
  expect(termsOf(definition, search(true), now)).toEqual(["|", ["messages", ">", 5], ["messages", "=", null]])
  expect(termsOf(definition, search(false), now)).toEqual([["messages", ">", 5], ["messages", "=", null]])
})

test("an address holds the whole search", () => {
  const search = {
    filters: ["open", "mine"],
    words: ["a & b", "ñ"],
    custom: [{ any: true, conditions: [{ field: "messages", operator: ">", value: "5" }] }],
    groupings: ["channel"],
    sort: { key: "created_at", descending: false },
    view: "board" as const,
  }
  expect(fromQuery(definition, toQuery(definition, search))).toEqual(search)
  expect(toQuery(definition, emptySearch(definition))).toBe("")
})

test("what an address says wrongly is left out", () => {
  const wrong = "filter=none&group=secret&sort=-password&view=x&custom={&custom=%7B%22conditions%22%3A%5B%5D%7D"
  expect(fromQuery(definition, wrong)).toEqual(emptySearch(definition))
})
