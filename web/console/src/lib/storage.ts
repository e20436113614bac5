/**
 * What this browser remembers for the console, as JSON under one prefix.
 * Storage may be full or forbidden; then things are simply not remembered.
 */
const PREFIX = "frontdesk.console."

export function remembered<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? fallback : (JSON.parse(text) as T)
  } catch {
    return fallback
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Not remembered; the value still holds until the page is left.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // Nothing was remembered either.
  }
}

/** The rest of all keys that begin so. */
export function rememberedKeys(beginning: string): string[] {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + beginning))
    return keys.map((key) => key.slice(PREFIX.length + beginning.length))
  } catch {
    return []
  }
}

/** Tells when another tab remembers something else under this key. */
export function onRemembered<T>(key: string, changed: (value: T | null) => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === PREFIX + key) changed(parse<T>(event.newValue))
  }
  addEventListener("storage", listener)
  return () => removeEventListener("storage", listener)
}

function parse<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}
