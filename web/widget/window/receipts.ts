import type { Marks } from "@frontdesk/protocol"

// Hints for the other side; more often than this nobody looks.
const TELL_EVERY_MS = 1_000

/** How far both sides have received and read. Marks only rise. */
export class Receipts {
  team: Marks = { delivered: 0, read: 0 }
  /** How far this visitor has read, on this device or another. */
  read = 0
  #told: Marks = { delivered: 0, read: 0 }
  #tell: () => Marks | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `tell` sends the visitor's own marks, and gives back what it sent. */
  constructor(tell: () => Marks | undefined) {
    this.#tell = tell
  }

  reset(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.team = this.#told = { delivered: 0, read: 0 }
    this.read = 0
  }

  raiseTeam({ delivered, read }: Marks): void {
    this.team = { delivered: Math.max(this.team.delivered, delivered), read: Math.max(this.team.read, read) }
  }

  /** Whether there was anything to raise. */
  raiseRead(seq: number): boolean {
    if (!(seq > this.read)) return false
    this.read = seq
    return true
  }

  tellSoon(cursor: number): void {
    if (cursor <= this.#told.delivered && this.read <= this.#told.read) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#told = this.#tell() ?? this.#told
    }, TELL_EVERY_MS)
  }
}
