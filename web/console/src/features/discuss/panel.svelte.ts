import { MediaQuery } from "svelte/reactivity"
import { remember, remembered } from "../../lib/storage.ts"

/** Whether the information panel is open: beside the thread as the person likes it, over it only when asked for. */
export class Panel {
  // Below this the panel lies over the thread.
  #roomy = new MediaQuery("min-width: 1180px")
  #wanted = $state(remembered("panel_open", true))
  #asked = $state(false)

  get open(): boolean {
    return this.over ? this.#asked : this.#wanted
  }

  get over(): boolean {
    return !this.#roomy.current
  }

  toggle(): void {
    if (this.over) this.#asked = !this.#asked
    else {
      this.#wanted = !this.#wanted
      remember("panel_open", this.#wanted)
    }
  }

  /** Another conversation is shown: what lay over the last one goes. */
  forget(): void {
    this.#asked = false
  }
}
