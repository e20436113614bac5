import type { VisitorEvent } from "@frontdesk/protocol"

// More than this is not kept for somebody who reads at the end; what is left out comes again on scrolling up.
const MOST = 300
const KEPT = 150

/** What is known of a conversation's events: a piece without gaps that reaches to the newest. */
export class Log {
  #events: VisitorEvent[] = []
  /** There are older ones on the server. */
  more = false

  get events(): readonly VisitorEvent[] {
    return this.#events
  }

  /** The last number that was applied. */
  get cursor(): number {
    return this.#events.at(-1)?.seq ?? 0
  }

  get first(): number {
    return this.#events[0]?.seq ?? 0
  }

  replace(events: VisitorEvent[], more: boolean): void {
    this.#events = [...events]
    this.more = more
  }

  prepend(events: VisitorEvent[], more: boolean): void {
    this.#events.unshift(...events.filter((event) => event.seq < this.first))
    this.more = more
  }

  /** The next one is applied, a known one dropped; one after a gap is not taken: the gap must be fetched first. */
  apply(event: VisitorEvent): "applied" | "known" | "gap" {
    if (event.seq <= this.cursor) return "known"
    if (event.seq > this.cursor + 1) return "gap"
    this.#events.push(event)
    if (event.kind === "message.edited") this.#revise(event.message, { text: event.text, edited: true })
    if (event.kind === "message.deleted") this.#revise(event.message, { text: "", deleted: true })
    return "applied"
  }

  /** Leaves out the oldest of very many, so that drawing never costs more with the years. */
  shorten(): boolean {
    if (this.#events.length <= MOST) return false
    this.replace(this.#events.slice(-KEPT), true)
    return true
  }

  /** A message that is not known here will come with its last text. */
  #revise(seq: number, revision: Partial<VisitorEvent>): void {
    this.#events = this.#events.map((event) => (event.seq === seq ? ({ ...event, ...revision } as VisitorEvent) : event))
  }
}
