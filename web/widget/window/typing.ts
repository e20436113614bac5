const TELL_EVERY_MS = 3_000
const LASTS_MS = 6_000

/** Who is typing on the other side, and when to tell them that we are. */
export class Typing {
  /** Name of the one who types. */
  name: string | undefined
  #changed: () => void
  #ends: ReturnType<typeof setTimeout> | undefined
  #toldAt = 0

  constructor(changed: () => void) {
    this.#changed = changed
  }

  set(name: string | undefined): void {
    clearTimeout(this.#ends)
    this.name = name
    if (name) this.#ends = setTimeout(() => this.set(undefined), LASTS_MS)
    this.#changed()
  }

  isTimeToTell(): boolean {
    const isTime = Date.now() - this.#toldAt > TELL_EVERY_MS
    if (isTime) this.#toldAt = Date.now()
    return isTime
  }
}
