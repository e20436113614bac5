/**
 * The widget's interface for the page that embeds it: `window.Frontdesk`.
 *
 * Callable before the loader has arrived, through a queue:
 *
 *     (window.Frontdesk = window.Frontdesk || []).push(["on", "unread", (count) => …], ["open"])
 *
 * `push` keeps working afterwards, so a page needs no case distinction.
 */
export interface Frontdesk {
  /** Number of the channel that this page embeds. */
  readonly channel: number
  open(): void
  /** Folds the window. A conversation goes on. */
  close(): void
  toggle(): void
  /** Shows the button again after `hide`. */
  show(): void
  /** Hides button and window. A conversation goes on. */
  hide(): void
  /** Writes into the field where nothing has been written yet; nothing is sent. */
  prefill(text: string): void
  /** Language of the widget's texts ("es", "pt-BR"); null: that of the page, else of the browser. */
  setLocale(locale: string | null): void
  /** "auto" follows the page's `color-scheme`, else the system. */
  setTheme(theme: "light" | "dark" | "auto"): void
  on<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name]): void
  once<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name]): void
  off<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name]): void
  /** The visitor is on another page now. Only needed where the address does not change, or shall be another one. */
  update(page?: { url?: string; title?: string }): void
  /** Removes the widget from the page until the script is embedded again. A conversation goes on. */
  destroy(): void
  push(...calls: FrontdeskCall[]): void
}

export interface FrontdeskEvents {
  /** The button is there, or would be if the page did not hide it. */
  ready(): void
  open(): void
  close(): void
  unread(count: number): void
  message(message: { author: "visitor" | "operator" | "chatbot"; name?: string; text: string; at: string }): void
  /** Whether somebody can answer now. */
  status(available: boolean): void
  conversation_started(): void
  conversation_ended(by: "visitor" | "operator"): void
  /** A stable code of docs/protocol.md, for instance "channel_not_found". */
  error(code: string): void
}

type Verb = "open" | "close" | "toggle" | "show" | "hide" | "prefill" | "setLocale" | "setTheme" | "on" | "once" | "off" | "update" | "destroy"
export type FrontdeskCall = { [Name in Verb]: [Name, ...Parameters<Frontdesk[Name]>] }[Verb]

declare global {
  interface Window {
    Frontdesk?: Frontdesk | FrontdeskCall[]
  }
}
