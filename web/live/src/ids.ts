/** Identifiers made by the browser. `crypto.randomUUID` is missing on plain http pages, `getRandomValues` is not. */

let lastTime = 0

/**
 * A UUIDv7. Those of one page sort in the order in which they were made, also within a millisecond and when the clock goes back.
 */
export function uuidv7(): string {
  lastTime = Math.max(Date.now(), lastTime + 1)
  const time = lastTime.toString(16).padStart(12, "0")
  const random = Array.from(randomBytes(9), (byte) => byte.toString(16).padStart(2, "0")).join("")
  // Version 7, and "a": the variant, whose other two bits are as good as any.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6)}`
}

/** 32 random bytes, base64url without padding: 43 characters. */
export function randomSecret(): string {
  const base64 = btoa(String.fromCharCode(...randomBytes(32)))
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace("=", "")
}

function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}
