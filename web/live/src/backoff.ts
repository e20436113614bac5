/** How long to wait before the next attempt: short at first, doubling, with jitter so that browsers do not come back in step. */

const FIRST_MS = 500
// Longer than this and a person who looks at the strip stops believing it.
const LONGEST_MS = 15_000

export class Backoff {
  #failures = 0

  /** Milliseconds to wait after one more failure: between half and all of the step. */
  next(): number {
    const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures)
    this.#failures += 1
    return step * (0.5 + Math.random() / 2)
  }

  /** Something worked: the next failure starts from the beginning. */
  reset(): void {
    this.#failures = 0
  }
}
