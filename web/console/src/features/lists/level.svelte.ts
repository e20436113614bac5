import type { ListCell, ListGroup, ListPage, ListRequest } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { firstWeekday } from "../../lib/format.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import type { Term } from "./definition.ts"

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
      const page = await this.#ask({ cursor: this.next })
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
      const wanted = this.rows.length
      let page = await this.#ask({})
      let rows = page.rows as Row[]
      while (page.next && rows.length < wanted) {
        page = { ...(await this.#ask({ cursor: page.next })), total: page.total }
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
    this.rows = rows
    this.next = page.next
    this.total = page.total
    this.moreGroups = page.more_groups
    this.#filters = new Map(page.groups.map((it) => [JSON.stringify(it.value), it.filter as unknown as Term[]]))
    this.groups = page.groups.map((it) => this.#known(it))
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
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      first_weekday: firstWeekday(),
      ...more,
    })
  }
}
