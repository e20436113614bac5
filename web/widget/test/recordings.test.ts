import { Acknowledgements, Outbox, withLease } from "@frontdesk/live"
import type { OutboxEntry } from "@frontdesk/live"
import type { VisitorEvent } from "@frontdesk/protocol"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Log } from "../window/log"
import recorded from "./recordings.json"

interface Line {
  kind: string
  client_id?: string
  text?: string
  after?: number
  events?: VisitorEvent[]
  texts?: [number, string][]
  frame?: { kind: string; client_id?: string; code?: string; retry_after?: number | null; event?: VisitorEvent }
}

// Longer than any pause that a server asks for, and than the patience with one that does not answer.
const PAUSES = 60

/** The parts that a browser runs, in a world that was written down by the simulator. */
class Browser {
  log = new Log()
  sent: string[] = []
  #connected = false
  #flying: string | undefined
  #acknowledgements = new Acknowledgements()
  #texts = new Map<string, string>()
  outbox = new Outbox<string>({
    name: "trace.",
    deliver: (entry) => this.#deliver(entry),
    withoutLocks: withLease,
    onChange: () => {},
  })

  /** The client ids of the recording are others: the text says which message is meant. */
  wrote(clientId: string, text: string): void {
    this.#texts.set(clientId, text)
    this.outbox.add("c", text)
  }

  connected(): void {
    this.#connected = true
    this.outbox.wake()
  }

  disconnected(): void {
    this.#connected = false
    this.#acknowledgements.lost()
  }

  async sends(clientId: string): Promise<void> {
    const text = this.#texts.get(clientId)
    for (let pause = 0; pause < PAUSES && this.#flyingText !== text; pause += 1) await vi.advanceTimersByTimeAsync(1_000)
    expect(this.#flyingText).toBe(text)
  }

  heard(frame: NonNullable<Line["frame"]>): void {
    const id = this.#own(frame.client_id)
    if (frame.kind === "event") expect(this.log.apply(frame.event!)).not.toBe("gap")
    if (frame.kind === "sent" && id) this.#acknowledgements.sent(id)
    if (frame.kind === "refused" && id) this.#acknowledgements.refused(id, frame.code!, frame.retry_after)
  }

  fetched(events: VisitorEvent[]): void {
    this.log.replace(events, false)
  }

  /** Each number with what it shows: a revision shows where the message stands. */
  get texts(): [number, string][] {
    return this.log.events.map((event) => [event.seq, event.kind === "message.posted" ? event.text : ""])
  }

  get #flyingText(): string | undefined {
    return this.outbox.entries.find((entry) => entry.id === this.#flying)?.value
  }

  #own(clientId: string | undefined): string | undefined {
    const text = this.#texts.get(clientId ?? "")
    return this.outbox.entries.find((entry) => entry.value === text)?.id
  }

  async #deliver(entry: OutboxEntry<string>) {
    if (!this.#connected) return { kind: "later" } as const
    this.#flying = entry.id
    const delivery = await this.#acknowledgements.of(entry.id)
    this.#flying = undefined
    if (delivery.kind === "delivered") this.sent.push(entry.value)
    return delivery
  }
}

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test.each(recorded)("what the simulator wrote down ends well in a browser: seed $seed", async ({ lines }) => {
  const browser = new Browser()
  for (const line of lines as Line[]) {
    if (line.kind === "wrote") browser.wrote(line.client_id!, line.text!)
    if (line.kind === "connected") browser.connected()
    if (line.kind === "disconnected") browser.disconnected()
    if (line.kind === "subscribes") expect(browser.log.cursor).toBe(line.after)
    if (line.kind === "sends") await browser.sends(line.client_id!)
    if (line.kind === "lost_patience") await vi.advanceTimersByTimeAsync(20_000)
    if (line.kind === "fetched") browser.fetched(line.events!)
    if (line.kind === "heard") browser.heard(line.frame!)
    if (line.kind === "shows") expect(browser.texts).toEqual(line.texts)
    await vi.advanceTimersByTimeAsync(0)
  }
  const written = (lines as Line[]).filter((line) => line.kind === "wrote").map((line) => line.text)
  const refused = browser.outbox.entries.map((entry) => entry.value)
  expect(browser.outbox.entries.every((entry) => entry.refused === "conversation_ended")).toBe(true)
  expect([...browser.sent, ...refused]).toEqual(written)
  browser.outbox.stop()
})
