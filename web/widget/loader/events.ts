import type { FrontdeskEvents } from "../frontdesk"

type Listener = (...values: unknown[]) => void

/** What the host page listens to. */
export class Events {
  #listeners: [name: keyof FrontdeskEvents, listener: Listener, once?: boolean][] = []

  on<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name], once?: boolean): void {
    this.#listeners.push([name, listener as Listener, once])
  }

  off<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name]): void {
    this.#listeners = this.#listeners.filter((it) => it[0] !== name || it[1] !== listener)
  }

  emit<Name extends keyof FrontdeskEvents>(name: Name, ...values: Parameters<FrontdeskEvents[Name]>): void {
    this.#listeners = this.#listeners.filter(([other, listener, once]) => {
      if (other !== name) return true
      // In a task of its own: a mistake of the page is reported as the page's, and the widget goes on.
      queueMicrotask(() => listener(...values))
      return !once
    })
  }
}
