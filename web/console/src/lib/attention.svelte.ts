/** Whether somebody looks at this tab: only then is a message seen, and nothing needs to make noise. */
import { MediaQuery } from "svelte/reactivity"

const tab = $state({ looking: isLooking() })
// From here on list and thread stand beside each other.
const beside = new MediaQuery("min-width: 768px")

const look = () => (tab.looking = isLooking())
document.addEventListener("visibilitychange", look)
addEventListener("focus", look)
addEventListener("blur", look)

export function looking(): boolean {
  return tab.looking
}

export function wide(): boolean {
  return beside.current
}

function isLooking(): boolean {
  return document.visibilityState === "visible" && document.hasFocus()
}
