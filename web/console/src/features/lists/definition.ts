/** What a list is made of: each list and report describes itself with these, and the frame does the rest. */
import type { Key } from "../../lib/text.svelte.ts"

/** A part of a filter, in the prefix notation of docs/protocol.md. */
export type Term = "&" | "|" | "!" | [field: string, operator: string, value: unknown]

export interface Column {
  key: string
  label: Key
  figures?: boolean
  sortable?: boolean
  /** As a style sheet has it; wider where there is room. */
  width?: string
  /** Shown only when the person chooses so. */
  optional?: boolean
}

/** A filter that has a name. Those of one set hold either-or; sets must all hold. */
export interface NamedFilter {
  key: string
  label: Key
  set: string
  terms: (now: Date) => Term[]
}

export interface Grouping {
  /** As the server is asked: a field, for moments with its granularity. */
  key: string
  label: Key
}

export type FieldKind = "number" | "moment" | "flag" | "choice" | "name" | "row"

/** What a custom filter may ask. */
export interface FilterField {
  key: string
  label: Key
  kind: FieldKind
  choices?: { value: string; label: Key }[]
}

export interface ListDefinition {
  /** As in the address of its API. */
  list: string
  columns: Column[]
  filters: NamedFilter[]
  groupings: Grouping[]
  fields: FilterField[]
  /** Where a word from the search field is looked for. */
  wordTerms: (word: string) => Term[]
  sort: { key: string; descending: boolean }
  /** What will stand here one day, where nothing does yet. */
  emptyText: Key
}

/** Either of these. */
export function either(alternatives: Term[][]): Term[] {
  const wanted = alternatives.filter((terms) => terms.length > 0).map(together)
  return [...wanted.slice(1).map(() => "|" as const), ...wanted.flat()]
}

/** Terms beside each other as one operand. */
export function together(terms: Term[]): Term[] {
  const conditions = terms.filter((term) => typeof term !== "string").length
  const pairs = terms.filter((term) => term === "&" || term === "|").length
  return [...Array<Term>(Math.max(conditions - 1 - pairs, 0)).fill("&"), ...terms]
}
