import type { Delivery } from "./outbox"

// The server answers in milliseconds. Sending again is harmless (client ids), waiting for ever is not.
const ANSWER_WITHIN_MS = 20_000

/** Turns the frames `sent` and `refused`, which arrive some time later, into the outcome of a delivery. */
export class Acknowledgements {
  #waiting = new Map<string, (delivery: Delivery) => void>()

  /** The outcome for this client id. Call it before sending. */
  of(id: string): Promise<Delivery> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(id, { kind: "later", after: 1 }), ANSWER_WITHIN_MS)
      this.#waiting.set(id, (delivery) => {
        clearTimeout(timer)
        resolve(delivery)
      })
    })
  }

  sent(id: string): void {
    this.#settle(id, { kind: "delivered" })
  }

  /** With `retryAfter` (seconds) the same may be sent again then; without, the refusal is final. */
  refused(id: string, code: string, retryAfter?: number | null): void {
    this.#settle(id, retryAfter == null ? { kind: "refused", code } : { kind: "later", after: retryAfter })
  }

  /** The connection broke: nobody knows whether they arrived, so all go again when it is back. */
  lost(): void {
    for (const id of this.#waiting.keys()) this.#settle(id, { kind: "later" })
  }

  #settle(id: string, delivery: Delivery): void {
    this.#waiting.get(id)?.(delivery)
    this.#waiting.delete(id)
  }
}
