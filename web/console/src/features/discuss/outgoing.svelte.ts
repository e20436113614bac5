import { Acknowledgements, type Delivery, Outbox, type OutboxEntry, withLease } from "@frontdesk/live"
import type { OperatorClientFrame, OperatorEvent } from "@frontdesk/protocol"

/** A message on its way: shown in the thread at once, until its event takes its place. */
export interface OutgoingMessage {
  clientId: string
  at: string
  text: string
  /** Why it cannot be sent, where it cannot. */
  refused: string | null
}

/** What this operator has written and the server has not confirmed. It survives reloads and lost connections. */
export class Outgoing {
  #entries = $state.raw<OutboxEntry<string>[]>([])
  // Acknowledged, but its event is still on the way: without this it would vanish for a moment.
  #acknowledged = $state.raw<OutboxEntry<string>[]>([])
  #acknowledgements = new Acknowledgements()
  #outbox: Outbox<string>
  #send: (frame: OperatorClientFrame) => boolean

  constructor(operator: number, send: (frame: OperatorClientFrame) => boolean) {
    this.#send = send
    this.#outbox = new Outbox<string>({
      name: `frontdesk.console.outbox.${operator}.`,
      deliver: (entry) => this.#deliver(entry),
      withoutLocks: withLease,
      onChange: () => (this.#entries = this.#outbox.entries),
    })
    this.#entries = this.#outbox.entries
  }

  stop(): void {
    this.#outbox.stop()
  }

  of(conversation: number, events: OperatorEvent[]): OutgoingMessage[] {
    const name = String(conversation)
    const mine = new Map([...this.#acknowledged, ...this.#entries].map((entry) => [entry.id, entry]))
    const waiting = [...mine.values()].filter((entry) => entry.conversation === name && !hasArrived(entry.id, events))
    return waiting.map((entry) => ({
      clientId: entry.id,
      at: new Date(entry.at).toISOString(),
      text: entry.value,
      refused: entry.refused ?? (this.#outbox.isExpired(entry) ? "expired" : null),
    }))
  }

  /** How many wait for the network, all conversations together. */
  get waiting(): number {
    return this.#entries.filter((entry) => !entry.refused && !this.#outbox.isExpired(entry)).length
  }

  post(conversation: number, text: string): void {
    this.#outbox.add(String(conversation), text)
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId)
  }

  remove(clientId: string): void {
    this.#outbox.remove(clientId)
  }

  // Frames and connection

  connected(): void {
    this.#outbox.wake()
  }

  disconnected(): void {
    this.#acknowledgements.lost()
  }

  sent(clientId: string): void {
    this.#acknowledgements.sent(clientId)
  }

  refused(clientId: string, code: string, retryAfter?: number | null): void {
    this.#acknowledgements.refused(clientId, code, retryAfter)
  }

  arrived(clientId: string): void {
    this.#acknowledged = this.#acknowledged.filter((entry) => entry.id !== clientId)
  }

  // Internal

  async #deliver(entry: OutboxEntry<string>): Promise<Delivery> {
    const frame = { conversation: Number(entry.conversation), client_id: entry.id, text: entry.value }
    if (!this.#send({ kind: "send", ...frame })) return { kind: "later" }
    const delivery = await this.#acknowledgements.of(entry.id)
    if (delivery.kind === "delivered") this.#acknowledged = [...this.#acknowledged, entry]
    return delivery
  }
}

function hasArrived(clientId: string, events: OperatorEvent[]): boolean {
  return events.some((event) => event.kind === "message.posted" && event.client_id === clientId)
}
