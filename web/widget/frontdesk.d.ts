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
  /** Says who the visitor is; told to the team from the first message on. What the website's server signed is shown as verified. */
  identify(identity: FrontdeskIdentity): void
  /** Somebody else sits in front of the page now: forgets the visitor and what was typed. A conversation stays with the team. */
  logout(): void
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
  conversation_ended(by: "visitor" | "operator" | "chatbot"): void
  /** A stable code of docs/protocol.md, for instance "channel_not_found". */
  error(code: string): void
}

/** What the team sees of a visitor. A signature or a token comes from the website's server, never from the page. */
export interface FrontdeskIdentity {
  name?: string
  email?: string
  /** Anything else: at most 20 at once, values of at most 200 characters. */
  attributes?: Record<string, string>
  /** The website's own id of the visitor. */
  user_id?: string
  /** HMAC-SHA256 of `user_id`, in hexadecimal: verifies the id. */
  signature?: string
  /** A JWT (HS256) with `sub`, `exp` and optionally `name`, `email` and `attributes`: verifies all of them. */
  token?: string
}

type Verb = "open" | "close" | "toggle" | "show" | "hide" | "prefill" | "identify" | "logout" | "setLocale" | "setTheme" | "on" | "once" | "off" | "update" | "destroy"
export type FrontdeskCall = { [Name in Verb]: [Name, ...Parameters<Frontdesk[Name]>] }[Verb]

declare global {
  interface Window {
    Frontdesk?: Frontdesk | FrontdeskCall[]
  }
}
