import type { Item } from "./items"

/** What is said, and how long it is typed before. */
export interface Said {
  item: Item
  delay: number
}

const IS_CALM = matchMedia("(prefers-reduced-motion: reduce)")

/** Lets a chatbot take its time: what it says comes at once from the server, and is shown one after the other. */
export class Pace {
  /** Something is still to be shown. */
  isTyping = false
  #changed: () => void
  #shown = new Set<string>()
  #dueAt = new Map<string, number>()
  #freeAt = 0

  constructor(changed: () => void) {
    this.#changed = changed
  }

  forget(): void {
    this.#shown.clear()
    this.#dueAt.clear()
    this.#freeAt = 0
  }

  /** Was there when the page came. */
  skip(items: Item[]): void {
    items.forEach(({ key }) => this.#shown.add(key))
  }

  /** Those that are to be seen by now. */
  take(said: Said[]): Item[] {
    const shown = said.filter((it) => this.#isDue(it)).map(({ item }) => item)
    this.isTyping = shown.length < said.length
    return shown
  }

  #isDue({ item: { key }, delay }: Said): boolean {
    if (this.#shown.has(key)) return true
    const due = delay && !IS_CALM.matches ? (this.#dueAt.get(key) ?? this.#typed(key, delay)) : 0
    if (due > Date.now()) return false
    this.#shown.add(key)
    return true
  }

  #typed(key: string, delay: number): number {
    this.#freeAt = Math.max(Date.now(), this.#freeAt) + delay
    this.#dueAt.set(key, this.#freeAt)
    setTimeout(this.#changed, this.#freeAt - Date.now() + 1)
    return this.#freeAt
  }
}
