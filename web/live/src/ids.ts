/** Identifiers made by the browser. `crypto.randomUUID` is missing on plain http pages, `getRandomValues` is not. */

let lastTime = 0

/**
 * A UUIDv7. Those of one page sort in the order in which they were made, also within a millisecond and when the clock goes back.
 */
export function uuidv7(): string {
  lastTime = Math.max(Date.now(), lastTime + 1)
  const bytes = randomBytes(16)
  const time = lastTime.toString(16).padStart(12, "0")
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
  const variant = "89ab"[bytes[8]! & 3]!
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(13, 16)}-${variant}${random.slice(17, 20)}-${random.slice(20)}`
}

/** 32 random bytes, base64url without padding: 43 characters. */
export function randomSecret(): string {
  const base64 = btoa(String.fromCharCode(...randomBytes(32)))
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace("=", "")
}

function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}
