import { SvelteMap } from "svelte/reactivity"
import { forget, remember, remembered } from "../../lib/storage.ts"

/** What was begun and not sent, per conversation. Kept in this browser, over reloads and sign-in. */
export class Drafts {
  #operator: number
  #texts = new SvelteMap<number, string>()

  constructor(operator: number) {
    this.#operator = operator
  }

  of(conversation: number): string {
    return this.#texts.get(conversation) ?? remembered(this.#key(conversation), "")
  }

  keep(conversation: number, text: string): void {
    this.#texts.set(conversation, text)
    if (text) remember(this.#key(conversation), text)
    else forget(this.#key(conversation))
  }

  #key(conversation: number): string {
    return `draft.${this.#operator}.${conversation}`
  }
}
