/**
 * First-party storage that never throws: one item per key, so that two tabs never overwrite each other's.
 * Where storage is refused or full, an item lives as long as the page.
 */
export class Shelf<Item> {
  #prefix: string
  #items = new Map<string, Item>()

  constructor(prefix: string) {
    this.#prefix = prefix
    quietly(() => Object.keys(localStorage).forEach((key) => this.#read(key)))
  }

  get items(): ReadonlyMap<string, Item> {
    return this.#items
  }

  put(id: string, item: Item): void {
    this.#items.set(id, item)
    quietly(() => localStorage.setItem(this.#prefix + id, JSON.stringify(item)))
  }

  remove(id: string): void {
    this.#items.delete(id)
    quietly(() => localStorage.removeItem(this.#prefix + id))
  }

  /** Follows what other tabs do. */
  onChangeElsewhere(changed: () => void): () => void {
    const look = ({ key }: StorageEvent) => {
      if (key?.startsWith(this.#prefix) && this.#read(key)) changed()
    }
    addEventListener("storage", look)
    return () => removeEventListener("storage", look)
  }

  #read(key: string): boolean {
    if (!key.startsWith(this.#prefix)) return false
    const id = key.slice(this.#prefix.length)
    const text = localStorage.getItem(key)
    if (text === null) return this.#items.delete(id)
    quietly(() => this.#items.set(id, JSON.parse(text) as Item))
    return true
  }
}

function quietly(action: () => void): void {
  try {
    action()
  } catch {
    // Storage refused or full, or an item that somebody else wrote: the page works without.
  }
}
