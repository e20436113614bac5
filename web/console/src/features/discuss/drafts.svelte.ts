import { SvelteMap } from "svelte/reactivity"
import { forget, remember, remembered, rememberedKeys } from "../../lib/storage.ts"

/** What was begun and not sent, per conversation. Kept in this browser, over reloads and sign-in. */
export class Drafts {
  #beginning: string
  #texts: SvelteMap<number, string>

  constructor(operator: number) {
    this.#beginning = `draft.${operator}.`
    const kept = rememberedKeys(this.#beginning).map((id) => [Number(id), remembered(this.#beginning + id, "")] as const)
    this.#texts = new SvelteMap(kept)
  }

  of(conversation: number): string {
    return this.#texts.get(conversation) ?? ""
  }

  keep(conversation: number, text: string): void {
    this.#texts.set(conversation, text)
    if (text) remember(this.#beginning + conversation, text)
    else forget(this.#beginning + conversation)
  }
}
