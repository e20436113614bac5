import { refreshSession } from "../auth/session.svelte.ts"
import type { Desk } from "./desk.svelte.ts"

/** The server wants to hear at most this often that a person is there. */
const AT_MOST_EVERY_MS = 60_000
/** Without news for 30 minutes the operator counts as disconnected; a moment later the server is asked, to show it. */
const IDLE_AFTER_MS = 30 * 60_000 + 1000

/** Tells the server that somebody works here, and shows what it makes of it that nobody does. */
export function reportActivity(desk: Desk): () => void {
  let reportedAt = 0
  let idle: ReturnType<typeof setTimeout> | undefined
  const expectIdle = () => {
    clearTimeout(idle)
    idle = setTimeout(() => void refreshSession(), IDLE_AFTER_MS)
  }
  const report = () => {
    if (Date.now() - reportedAt < AT_MOST_EVERY_MS) return
    if (!desk.send({ kind: "activity" })) return
    reportedAt = Date.now()
    expectIdle()
  }
  // Coming in counts as the first sign.
  expectIdle()
  const signs = ["pointerdown", "pointermove", "keydown", "scroll"]
  signs.forEach((sign) => addEventListener(sign, report, { passive: true, capture: true }))
  return () => {
    clearTimeout(idle)
    signs.forEach((sign) => removeEventListener(sign, report, { capture: true }))
  }
}
