import { element, icon } from "../dom/element"

const SPEECH = "M4 4h16v13h-8l-5 4v-4H4Z"
const DOWN = "m6 9 6 6 6-6"
const CROSS = "m6 6 12 12M18 6 6 18"

/** The button and the bubble beside it. */
export class Launcher {
  readonly button: HTMLButtonElement
  readonly element: HTMLElement
  #bubble = element("div", { className: "bubble" })

  constructor(pressed: () => void) {
    this.button = element("button", { onclick: pressed })
    this.element = element("div", { className: "launcher" }, this.#bubble, this.button)
  }

  /** Where nobody is there (`away`), the button says so. */
  show(label: string, away: boolean, isOpen: boolean, [badge, text]: [badge: string, text: string]): void {
    const { button } = this
    button.className = away ? "away" : "button"
    button.ariaLabel = badge ? `${label}, ${text}` : label
    button.ariaExpanded = `${isOpen}`
    button.replaceChildren(icon(isOpen ? DOWN : SPEECH), away ? label : "")
    if (badge) button.append(element("span", { className: "badge" }, badge))
  }

  /** An empty notice takes the bubble away. */
  say(notice: string, ariaLabel: string | undefined, onclick: () => void): void {
    if (this.#bubble.textContent === notice) return
    const close = element("button", { ariaLabel: ariaLabel!, onclick }, icon(CROSS))
    this.#bubble.replaceChildren(...(notice ? [notice, close] : []))
  }
}
