import type { OperatorEvent } from "@frontdesk/protocol"
import { api, ApiError } from "../../lib/api.ts"
import { dismiss, tell, tellError } from "../../lib/notices.svelte.ts"
import { retryLater } from "../../lib/retry-later.ts"
import { remember, remembered } from "../../lib/storage.ts"
import { t } from "../../lib/text.svelte.ts"

interface Deletion {
  conversation: number
  seq: number
  /** When it was wanted. */
  at: number
}

/** What another page has not done by then, it has left behind. */
const LEFT_BEHIND_AFTER_MS = 10_000
/** With these the server has not decided yet. */
const UNDECIDED = ["unreachable", "busy", "too_many_requests", "internal", "not_signed_in"]

/**
 * Own messages that their author wants gone. For some seconds one can be brought back; then it goes for everybody. Whoever
 * leaves the page meanwhile still wants it gone, and what cannot be done now is done when the server is there.
 */
export class Deletions {
  #wanted = $state.raw<Deletion[]>([])
  #notices = new Map<Deletion, number>()
  #key: string
  #done: (conversation: number, event: OperatorEvent) => void

  constructor(operator: number, done: (conversation: number, event: OperatorEvent) => void) {
    this.#key = `deletions.${operator}`
    this.#done = done
    this.#wanted = remembered<Deletion[]>(this.#key, [])
    addEventListener("pagehide", this.#leave)
  }

  stop(): void {
    removeEventListener("pagehide", this.#leave)
  }

  has(conversation: number, seq: number | undefined): boolean {
    return this.#wanted.some((it) => it.conversation === conversation && it.seq === seq)
  }

  want(conversation: number, seq: number): void {
    if (this.has(conversation, seq)) return
    const deletion = { conversation, seq, at: Date.now() }
    this.#keep([...this.#wanted, deletion])
    const notice = tell(t("message.deleted"), () => this.#forget(deletion), () => void this.#carryOut(deletion))
    this.#notices.set(deletion, notice)
  }

  /** Does at once what is still wanted, of one conversation or of all: afterwards it could not be done. */
  async carryOut(conversation?: number): Promise<void> {
    const wanted = this.#wanted.filter((it) => conversation === undefined || it.conversation === conversation)
    await Promise.all(wanted.map((it) => this.#carryOut(it)))
  }

  /** Does what a page before this one has left to do. */
  connected(): void {
    for (const deletion of this.#wanted.filter((it) => !this.#notices.has(it))) {
      const isStillWanted = () => remembered<Deletion[]>(this.#key, []).some((it) => it.at === deletion.at)
      const carryOut = () => (isStillWanted() ? void this.#carryOut(deletion) : this.#forget(deletion))
      setTimeout(carryOut, deletion.at + LEFT_BEHIND_AFTER_MS - Date.now())
    }
  }

  // Internal

  #leave = () => void this.carryOut()

  async #carryOut(deletion: Deletion): Promise<void> {
    const { conversation, seq } = deletion
    const notice = this.#notices.get(deletion)
    if (notice !== undefined) dismiss(notice)
    try {
      this.#done(conversation, await api.delete<OperatorEvent>(`/conversations/${conversation}/messages/${seq}`))
    } catch (error) {
      if (!(error instanceof ApiError) || UNDECIDED.includes(error.code)) {
        return retryLater(error, () => void this.#carryOut(deletion))
      }
      tellError(error)
    }
    this.#forget(deletion)
  }

  #forget(deletion: Deletion): void {
    this.#notices.delete(deletion)
    this.#keep(this.#wanted.filter((it) => it !== deletion))
  }

  #keep(wanted: Deletion[]): void {
    this.#wanted = wanted
    remember(this.#key, wanted)
  }
}
