import type { Setting } from "../contract"
import type { Incoming } from "./messages"
import { element, icon } from "../dom/element"

const CROSS = "m6 6 12 12M18 6 6 18"
// A region that comes into the page together with its text is not read out.
const SAY_AFTER_MS = 100

/** The newest message, beside the button of a folded window. Pressing it opens the window. */
export class Preview {
  message: Incoming | undefined
  #launcher: HTMLElement
  // Read out once; the button that shows the same is no live region.
  #status = element("span", { className: "unseen", role: "status" })
  #text = element("button")
  #bubble: HTMLElement

  constructor({ launcher, frontdesk }: Setting, dismiss: string) {
    this.#launcher = launcher
    this.#text.onclick = () => frontdesk.open()
    const close = element("button", { ariaLabel: dismiss, onclick: () => this.#dismiss() }, icon(CROSS))
    this.#bubble = element("div", { className: "bubble preview" }, this.#status, this.#text, close)
    this.#bubble.onkeydown = ({ key }) => {
      if (key === "Escape") this.#dismiss()
    }
  }

  show(message: Incoming, name: string): void {
    const { text } = message
    this.message = message
    this.#text.replaceChildren(element("strong", { dir: "auto" }, name), element("span", { dir: "auto" }, text))
    this.#launcher.prepend(this.#bubble)
    setTimeout(() => (this.#status.textContent = `${name}: ${text}`), SAY_AFTER_MS)
  }

  hide(): void {
    this.#status.textContent = ""
    this.#bubble.remove()
  }

  /** The focus does not get lost with the bubble. */
  #dismiss(): void {
    this.hide()
    this.#launcher.querySelector<HTMLElement>(":scope > button")!.focus()
  }
}
