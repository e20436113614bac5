/** What loader and window know of each other. Types alone: they are built apart. */

import type { Decision } from "@frontdesk/protocol"
import type { Frontdesk, FrontdeskIdentity } from "./frontdesk"
import type { Events } from "./loader/events"
import type { Texts } from "./texts"

export type Dom = Pick<typeof import("./dom/element"), "element" | "icon" | "styleSheet">

/** What the loader gives to the window. */
export interface Setting {
  /** What the page talks to; the window opens and folds itself by it. */
  frontdesk: Frontdesk
  /** Where Frontdesk is served from, without a slash at the end. */
  origin: string
  root: ShadowRoot
  dom: Dom
  /** The window is the whole page: the direct link. */
  fullPage: boolean
  /** Who the page says that the visitor is. */
  identity?: FrontdeskIdentity
  page(): { url: string; title: string }
  /** What the page hears. */
  events: Pick<Events, "emit">
  /** The button and what stands beside it. */
  launcher: HTMLElement
  /** On the button, with the words for it; both empty where nothing is unread. */
  showUnread(badge: string, text: string): void
}

/** What the window gives to the loader. */
export interface ChatWindow {
  /** Takes the focus only where the visitor asked for the window. */
  show(focus: boolean): void
  hide(): void
  prefill(text: string): void
  /** The page has said who the visitor is. */
  identify(): void
  logout(): void
  /** The decision or the language is another one. */
  renew(decision: Decision, texts: Texts): void
  destroy(): void
}

export interface WindowScript {
  createWindow(setting: Setting, decision: Decision, texts: Texts): Promise<ChatWindow>
}
