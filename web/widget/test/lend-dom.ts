import type { Setting } from "../contract"
import { element, icon, styleSheet } from "../dom/element"
import { borrow } from "../window/dom"

/** What the loader does before the window comes to life. */
export function lendDom(): void {
  borrow({ dom: { element, icon, styleSheet }, root: document } as unknown as Setting)
}
