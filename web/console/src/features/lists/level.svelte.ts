import type { ListCell, ListGroup, ListPage, ListRequest } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { timeZone } from "../../lib/calendar.svelte.ts"
import { firstWeekday } from "../../lib/format.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import type { Term } from "./definition.ts"

/** Whoever goes on wants much. */
const MANY = 200
/** So many rows are fetched again when something has changed; those far below stay as they were. */
const RELOADED_MAX = 1000

export type Row = Record<string, ListCell> & { id: number }

/** What all levels of a list are asked with. */
export interface Question {
  list: string
  sort: { key: string; descending: boolean }
}

/** Rows that have something in common: folded until somebody opens them. */
export class Group {
  readonly key: string
  readonly value: ListCell
  count = $state(0)
  level = $state.raw<Level | null>(null)

  constructor({ value, count }: ListGroup) {
    this.key = JSON.stringify(value)
    this.value = value
    this.count = count
  }
}

/** A list, or what a group of it holds: rows, or groups again. */
export class Level {
  status = $state<"loading" | "ready" | "failed">("loading")
  failure = $state.raw<unknown>(null)
  rows = $state.raw<Row[]>([])
  groups = $state.raw<Group[]>([])
  moreGroups = $state(false)
  next = $state<string | null>(null)
  total = $state.raw({ count: 0, more: false })
  loadingMore = $state(false)

  #question: Question
  #terms: Term[]
  #filters = new Map<string, Term[]>()

  constructor(
    question: Question,
    terms: Term[],
    readonly groupings: string[],
  ) {
    this.#question = question
    this.#terms = terms
    void this.reload()
  }

  /** Fetches again what is shown, which stays on screen meanwhile. */
  readonly reload = oneAtATime(() => this.#fetch())

  async loadMore(): Promise<void> {
    if (!this.next || this.loadingMore) return
    this.loadingMore = true
    try {
      const page = await this.#ask({ cursor: this.next, limit: MANY })
      this.rows = [...this.rows, ...(page.rows as Row[])]
      this.next = page.next
    } finally {
      this.loadingMore = false
    }
  }

  toggle(group: Group): void {
    const inside = [...this.#terms, ...(this.#filters.get(group.key) ?? [])]
    group.level = group.level ? null : new Level(this.#question, inside, this.groupings.slice(1))
  }

  async #fetch(): Promise<void> {
    try {
      const wanted = Math.min(this.rows.length, RELOADED_MAX)
      let page = await this.#ask({})
      let rows = page.rows as Row[]
      while (page.next && rows.length < wanted) {
        page = { ...(await this.#ask({ cursor: page.next, limit: MANY })), total: page.total }
        rows = [...rows, ...(page.rows as Row[])]
      }
      this.#take(page, rows)
      this.status = "ready"
    } catch (error) {
      this.failure = error
      if (this.status === "loading") this.status = "failed"
    }
  }

  #take(page: ListPage, rows: Row[]): void {
    const below = page.next ? this.#below(rows) : []
    this.rows = [...rows, ...below]
    if (below.length === 0) this.next = page.next
    this.total = page.total
    this.moreGroups = page.more_groups
    this.#filters = new Map(page.groups.map((it) => [JSON.stringify(it.value), it.filter as unknown as Term[]]))
    this.groups = page.groups.map((it) => this.#known(it))
  }

  /** What is known of the rows that follow these. */
  #below(rows: Row[]): Row[] {
    const at = this.rows.findIndex((row) => row.id === rows.at(-1)?.id)
    const ids = new Set(rows.map((row) => row.id))
    return at === -1 ? [] : this.rows.slice(at + 1).filter((row) => !ids.has(row.id))
  }

  /** A group that is open stays open. */
  #known(fresh: ListGroup): Group {
    const known = this.groups.find((group) => group.key === JSON.stringify(fresh.value))
    if (!known) return new Group(fresh)
    known.count = fresh.count
    void known.level?.reload()
    return known
  }

  #ask(more: Partial<ListRequest>): Promise<ListPage> {
    const { list, sort } = this.#question
    return api.post<ListPage>(`/lists/${list}/search`, {
      filter: this.#terms,
      group_by: this.groupings[0] ?? null,
      sort: { field: sort.key, descending: sort.descending },
      time_zone: timeZone(),
      first_weekday: firstWeekday(),
      ...more,
    })
  }
}
