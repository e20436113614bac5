import type { Setting } from "../contract"
import { text } from "../extras-texts"
import { key } from "../texts"
import type { Incoming } from "./messages"
import { Preview } from "./preview"
import type { Scene } from "./scene"
import { ring } from "./sound"
import type { Words } from "./words"

const COUNT = /^\(\d+\+?\) /

// A page may embed the widget again after it has taken it off.
const previews = new WeakMap<Setting, Preview>()

/** What nobody sees is heard, and shown beside the button. */
export function announce(message: Incoming, { conversation, setting, words, decision }: Scene, isShown: boolean): void {
  if (!conversation.kept("quiet")) ring(() => conversation.unread > 0)
  if (isShown) return
  const preview = previews.get(setting) ?? new Preview(setting, words.say(key.dismiss))
  previews.set(setting, preview)
  preview.show(message, message.name ?? decision.name)
}

/** On the button, with words for it, and before the page's title. */
export function showUnread({ setting, words, conversation }: Scene, unread: number): void {
  const badge = unread > 99 ? "99+" : unread ? String(unread) : ""
  showInTitle(badge)
  setting.showUnread(badge, badge && inWords(words, unread))
  // What was edited or deleted is another event now.
  const preview = previews.get(setting)
  if (preview && !(unread && conversation.log.events.includes(preview.message!))) preview.hide()
}

/** Of two texts, the one for this number; the second is worded so that it fits all but one. */
export function inWords(words: Words, count: number): string {
  const isOne = new Intl.PluralRules(words.language).select(count) === "one"
  return words.say(isOne ? text.unread_one : text.unread_other, { count })
}

/** Puts the number of unread messages before the page's title, whatever the page makes of it meanwhile. */
function showInTitle(badge: string): void {
  const title = (badge ? `(${badge}) ` : "") + document.title.replace(COUNT, "")
  if (document.title !== title) document.title = title
}
