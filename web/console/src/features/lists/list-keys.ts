import type { Sight } from "./sight.svelte.ts"

const STEPS = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End"]

/** Keys go through the lines of a list; Space ticks the row that they are at. */
export function listKeys(event: KeyboardEvent, sight: Sight, tick: () => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  if (STEPS.includes(event.key)) void sight.press(event.key)
  else if (event.key === " " && event.target instanceof HTMLAnchorElement) tick()
  else return
  event.preventDefault()
}
