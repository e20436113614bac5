import type { Dom, Setting } from "../contract"

/** The loader lends its functions to the window, so that a page fetches them once. */
export let element: Dom["element"]
export let icon: Dom["icon"]
/** Adds a style sheet to the widget's. */
export let wear: (styles: string) => void

/** The widget's element, which bears its language. */
export let host: HTMLElement

export function borrow({ dom, root }: Setting): void {
  ;({ element, icon } = dom)
  host = root.host as HTMLElement
  wear = (styles) => root.adoptedStyleSheets.push(dom.styleSheet(styles))
}
