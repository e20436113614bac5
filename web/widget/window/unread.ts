import type { Setting } from "../contract"
import { text } from "../extras-texts"
import type { Words } from "./words"

const COUNT = /^\(\d+\+?\) /

/** On the button, with words for it, and before the page's title. */
export function showUnread({ showUnread: showOnButton }: Setting, words: Words, unread: number): void {
  const badge = unread > 99 ? "99+" : unread ? String(unread) : ""
  showInTitle(badge)
  showOnButton(badge, badge && words.count(text.unread_one, text.unread_other, unread))
}

/** Puts the number of unread messages before the page's title, whatever the page makes of it meanwhile. */
export function showInTitle(badge: string): void {
  const title = (badge ? `(${badge}) ` : "") + document.title.replace(COUNT, "")
  if (document.title !== title) document.title = title
}
