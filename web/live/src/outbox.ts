import { exclusively } from "./exclusive"
import type { Turns } from "./exclusive"
import { uuidv7 } from "./ids"
import { Shelf } from "./shelf"

/** Something written that the server has not acknowledged yet. */
export interface OutboxEntry<Value> {
  /** The client id: the server recognises a repetition by it. */
  id: string
  conversation: string
  /** When it was written, in milliseconds since 1970. */
  at: number
  value: Value
  /** The code of a final refusal. It stays until a person removes it or tries again. */
  refused?: string
}

export type Delivery =
  | { kind: "delivered" }
  | { kind: "refused"; code: string }
  /** Neither: again after so many seconds, or at the next `wake` where none are named. */
  | { kind: "later"; after?: number }

export interface OutboxOptions<Value> {
  /** Prefix of the keys in localStorage. */
  name: string
  /** Brings one entry to the server. Called for one entry of a conversation at a time, by one tab. */
  deliver(entry: OutboxEntry<Value>): Promise<Delivery>
  /** How the tabs take turns where there are no locks. */
  withoutLocks: Turns
  /** Entries have come, gone or changed, here or in another tab. */
  onChange(): void
}

// Who comes back after a week does not expect that an old question goes off by itself.
const SENT_WITHIN_MS = 7 * 24 * 60 * 60 * 1000

// That another tab got something acknowledged is told by a storage event, and this tab's turn may begin before the event has come.
const HEARD_WITHIN_MS = 100

/** Keeps what was written until it has arrived: over reloads, crashes and lost networks, in the order of writing. */
export class Outbox<Value> {
  #options: OutboxOptions<Value>
  #shelf: Shelf<OutboxEntry<Value>>
  #forget: () => void
  #busy = new Set<string>()
  #wokenWhileBusy = new Set<string>()
  #heldUntil = new Map<string, number>()

  constructor(options: OutboxOptions<Value>) {
    this.#options = options
    this.#shelf = new Shelf(options.name)
    this.#forget = this.#shelf.onChangeElsewhere(() => options.onChange())
  }

  stop(): void {
    this.#forget()
    this.#options.deliver = () => Promise.resolve({ kind: "later" })
  }

  // Actions

  /** All conversations' entries in the order of writing. */
  get entries(): OutboxEntry<Value>[] {
    return [...this.#shelf.items.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
  }

  add(conversation: string, value: Value): OutboxEntry<Value> {
    const entry = { id: uuidv7(), conversation, at: Date.now(), value }
    this.#keep(entry)
    return entry
  }

  /** Sends a refused or expired entry once more. */
  retry(id: string): void {
    const entry = this.#shelf.items.get(id)
    if (entry) this.#keep({ ...entry, at: Date.now(), refused: undefined })
  }

  remove(id: string): void {
    this.#shelf.remove(id)
    this.#options.onChange()
  }

  /** Too old to be sent without being asked: shown with the choice to `retry` or `remove`. */
  isExpired(entry: OutboxEntry<Value>): boolean {
    return Date.now() - entry.at > SENT_WITHIN_MS
  }

  /** Deliveries are possible (again). */
  wake(): void {
    new Set(this.entries.map((entry) => entry.conversation)).forEach((conversation) => void this.#drain(conversation))
  }

  // Internal

  #keep(entry: OutboxEntry<Value>): void {
    this.#shelf.put(entry.id, entry)
    this.#options.onChange()
    void this.#drain(entry.conversation)
  }

  async #drain(conversation: string): Promise<void> {
    if (this.#busy.has(conversation)) {
      this.#wokenWhileBusy.add(conversation)
      return
    }
    this.#busy.add(conversation)
    await exclusively(`drain.${this.#options.name}${conversation}`, () => this.#deliverInOrder(conversation), this.#options.withoutLocks)
    this.#busy.delete(conversation)
    if (this.#wokenWhileBusy.delete(conversation)) void this.#drain(conversation)
  }

  async #deliverInOrder(conversation: string): Promise<void> {
    const oldest = this.#next(conversation)
    if (oldest && Date.now() - oldest.at > HEARD_WITHIN_MS) await new Promise((heard) => setTimeout(heard, HEARD_WITHIN_MS))
    for (let entry = this.#next(conversation); entry; entry = this.#next(conversation)) {
      this.#wokenWhileBusy.delete(conversation)
      const delivery = await this.#options.deliver(entry).catch((): Delivery => ({ kind: "later" }))
      if (delivery.kind === "later") return this.#hold(conversation, delivery.after)
      this.#settle(entry, delivery)
    }
  }

  #next(conversation: string): OutboxEntry<Value> | undefined {
    if (Date.now() < (this.#heldUntil.get(conversation) ?? 0)) return undefined
    return this.entries.find((entry) => entry.conversation === conversation && !entry.refused && !this.isExpired(entry))
  }

  #settle(entry: OutboxEntry<Value>, delivery: Delivery): void {
    if (delivery.kind === "refused") this.#shelf.put(entry.id, { ...entry, refused: delivery.code })
    else this.#shelf.remove(entry.id)
    this.#options.onChange()
  }

  #hold(conversation: string, after: number | undefined): void {
    if (after === undefined) return
    this.#heldUntil.set(conversation, Date.now() + after * 1000)
    setTimeout(() => void this.#release(conversation), after * 1000)
  }

  #release(conversation: string): Promise<void> {
    // The clock may have been put back meanwhile.
    this.#heldUntil.delete(conversation)
    return this.#drain(conversation)
  }
}
