import type { Setting } from "../contract"

const IS_PHONE = matchMedia("(max-width: 479px)")

/** Shows the window. On a phone it fills the screen, keeps above the keyboard, and the back button folds it. */
export class Phone {
  #window: HTMLDialogElement
  #setting: Setting
  #ending = new AbortController()

  constructor(window: HTMLDialogElement, setting: Setting) {
    this.#window = window
    this.#setting = setting
    const { signal } = this.#ending
    visualViewport?.addEventListener("resize", this.#fit, { signal })
    visualViewport?.addEventListener("scroll", this.#fit, { signal })
    addEventListener("popstate", () => window.open && !hasStep() && setting.frontdesk.close(), { signal })
    // Escape is the window's own matter.
    window.oncancel = (event) => event.preventDefault()
  }

  /** Where the page behind cannot be seen, Tab stays in the window; elsewhere, and without being asked for, it is not modal. */
  show(focus: boolean): void {
    this.#fit()
    const covers = IS_PHONE.matches && !this.#setting.fullPage
    if (covers && focus) this.#window.showModal()
    else this.#window.open = true
    if (covers && !hasStep()) history.pushState({ ...history.state, frontdesk: 1 }, "")
  }

  /** Folded by other means than the back button: the step into the window is taken back. */
  hide(): void {
    if (this.#window.open && hasStep()) history.back()
    this.#window.close()
  }

  stop(): void {
    this.#ending.abort()
  }

  #fit = (): void => {
    const { height, offsetTop } = visualViewport!
    this.#window.style.setProperty("--height", `${height}px`)
    this.#window.style.setProperty("--top", `${offsetTop}px`)
  }
}

function hasStep(): boolean {
  return history.state?.frontdesk
}
