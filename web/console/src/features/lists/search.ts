/** A search: what stands in the search bar. Kept in the address, and in favorites. */
import { either, type FilterField, type ListDefinition, type Term } from "./definition.ts"

export interface Condition {
  field: string
  operator: string
  value: string
}

/** Conditions that somebody put together. */
export interface CustomFilter {
  any: boolean
  conditions: Condition[]
}

export interface Search {
  filters: string[]
  words: string[]
  custom: CustomFilter[]
  groupings: string[]
  sort: { key: string; descending: boolean }
  view: "list" | "board"
}

export function emptySearch(definition: ListDefinition): Search {
  return { filters: [], words: [], custom: [], groupings: [], sort: definition.sort, view: "list" }
}

export function termsOf(definition: ListDefinition, search: Search, now: Date): Term[] {
  const named = definition.filters.filter((filter) => search.filters.includes(filter.key))
  const sets = [...new Set(named.map((filter) => filter.set))]
  return [
    ...sets.flatMap((set) => either(named.filter((it) => it.set === set).map((it) => it.terms(now)))),
    ...search.words.flatMap((word) => definition.wordTerms(word)),
    ...search.custom.flatMap((custom) => customTerms(definition, custom)),
  ]
}

function customTerms(definition: ListDefinition, { any, conditions }: CustomFilter): Term[] {
  const terms = conditions.flatMap((condition): Term[][] => {
    const field = definition.fields.find((it) => it.key === condition.field)
    return field ? [[[field.key, condition.operator, valueOf(field, condition)]]] : []
  })
  return any ? either(terms) : terms.flat()
}

function valueOf({ kind }: FilterField, { value }: Condition): unknown {
  if (value === "") return null
  if (kind === "number" || kind === "row") return Number(value)
  if (kind === "flag") return value === "true"
  return value
}

/** As the query of an address; what is as usual is left out. */
export function toQuery(definition: ListDefinition, search: Search): string {
  const query = new URLSearchParams()
  search.filters.forEach((it) => query.append("filter", it))
  search.words.forEach((it) => query.append("word", it))
  search.custom.forEach((it) => query.append("custom", JSON.stringify(it)))
  search.groupings.forEach((it) => query.append("group", it))
  const { key, descending } = search.sort
  if (key !== definition.sort.key || descending !== definition.sort.descending) {
    query.set("sort", `${descending ? "-" : ""}${key}`)
  }
  if (search.view !== "list") query.set("view", search.view)
  return query.toString()
}

/** An address may be old or written by hand: what the list does not know is left out. */
export function fromQuery(definition: ListDefinition, text: string): Search {
  const query = new URLSearchParams(text)
  const among = (name: string, known: { key: string }[]) =>
    query.getAll(name).filter((key) => known.some((it) => it.key === key))
  const sort = query.get("sort") ?? ""
  const key = sort.replace(/^-/, "")
  const sortable = definition.columns.some((column) => column.sortable && column.key === key)
  return {
    filters: among("filter", definition.filters),
    words: query.getAll("word"),
    custom: query.getAll("custom").flatMap((it) => customOf(definition, it)),
    groupings: among("group", definition.groupings),
    sort: sortable ? { key, descending: sort.startsWith("-") } : definition.sort,
    view: query.get("view") === "board" ? "board" : "list",
  }
}

function customOf(definition: ListDefinition, text: string): CustomFilter[] {
  try {
    const { any, conditions } = JSON.parse(text) as CustomFilter
    const known = conditions.filter(({ field }) => definition.fields.some((it) => it.key === field))
    return known.length > 0 ? [{ any: Boolean(any), conditions: known }] : []
  } catch {
    return []
  }
}
