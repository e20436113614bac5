import type { Desk } from "./desk.svelte.ts"

/** The server wants to hear at most this often that a person is there. */
const AT_MOST_EVERY_MS = 60_000

/** Tells the server that somebody works here: without news for 30 minutes the operator counts as disconnected. */
export function reportActivity(desk: Desk): () => void {
  let reportedAt = 0
  const report = () => {
    if (Date.now() - reportedAt < AT_MOST_EVERY_MS) return
    if (desk.send({ kind: "activity" })) reportedAt = Date.now()
  }
  const signs = ["pointerdown", "pointermove", "keydown", "scroll"]
  signs.forEach((sign) => addEventListener(sign, report, { passive: true, capture: true }))
  return () => signs.forEach((sign) => removeEventListener(sign, report, { capture: true }))
}
