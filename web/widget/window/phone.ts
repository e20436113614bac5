/** A phone's window fills the screen: it keeps above the keyboard, and the back button folds it. */

const IS_PHONE = matchMedia("(max-width: 479px)")

export class Phone {
  #window: HTMLElement
  #fold: () => void
  #ending = new AbortController()
  #isShown = false

  constructor(window: HTMLElement, fold: () => void) {
    this.#window = window
    this.#fold = fold
    const { signal } = this.#ending
    visualViewport?.addEventListener("resize", this.#fit, { signal })
    visualViewport?.addEventListener("scroll", this.#fit, { signal })
    addEventListener("popstate", () => this.#isShown && !history.state?.frontdesk && this.#fold(), { signal })
    window.addEventListener("keydown", (event) => this.#keepFocus(event), { signal })
  }

  show(): void {
    this.#isShown = true
    this.#fit()
    if (IS_PHONE.matches && !history.state?.frontdesk) history.pushState({ ...history.state, frontdesk: true }, "")
  }

  /** Folded by other means than the back button: the step into the window is taken back. */
  hide(): void {
    if (this.#isShown && history.state?.frontdesk) history.back()
    this.#isShown = false
  }

  stop(): void {
    this.#ending.abort()
  }

  #fit = (): void => {
    const { height = innerHeight, offsetTop = 0 } = visualViewport ?? {}
    this.#window.style.setProperty("--height", `${height}px`)
    this.#window.style.setProperty("--top", `${offsetTop}px`)
    this.#window.ariaModal = String(IS_PHONE.matches)
  }

  /** The page behind cannot be seen, so Tab stays in the window. */
  #keepFocus(event: KeyboardEvent): void {
    if (event.key !== "Tab" || !IS_PHONE.matches) return
    const stops = [...this.#window.querySelectorAll<HTMLElement>("button, textarea, a, [tabindex='0']")].filter((it) => it.offsetParent && !it.matches(":disabled, [tabindex='-1']"))
    const edge = event.shiftKey ? stops[0] : stops.at(-1)
    if (event.composedPath()[0] !== edge) return
    event.preventDefault()
    ;(event.shiftKey ? stops.at(-1) : stops[0])?.focus()
  }
}
