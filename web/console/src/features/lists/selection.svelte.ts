import { SvelteMap } from "svelte/reactivity"
import type { Row } from "./level.svelte.ts"

/** The rows that are ticked. */
export class Selection {
  #rows = new SvelteMap<number, Row>()

  get rows(): Row[] {
    return [...this.#rows.values()]
  }

  get count(): number {
    return this.#rows.size
  }

  has(row: Row): boolean {
    return this.#rows.has(row.id)
  }

  toggle(row: Row): void {
    if (!this.#rows.delete(row.id)) this.#rows.set(row.id, row)
  }

  /** Ticks all of these, or none where all are. */
  toggleAll(rows: Row[]): void {
    const all = rows.every((row) => this.has(row))
    rows.forEach((row) => (all ? this.#rows.delete(row.id) : this.#rows.set(row.id, row)))
  }

  clear(): void {
    this.#rows.clear()
  }
}
