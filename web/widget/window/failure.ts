import { element, icon } from "../dom/element"
import { text } from "../extras-texts"
import { ALERT } from "./icons"
import type { Message } from "./items"
import type { Scene } from "./scene"

/** Under a message that was refused, or waited for so long that it is not sent without being asked. */
export function failure({ unsent }: Message, { conversation: { outbox } }: Scene): HTMLElement {
  const { id, refused } = unsent!
  const link = (label: string, onclick: () => void) => element("button", { className: "link", onclick }, label)
  const retry = link(text.retry, () => outbox.retry(id))
  const remove = link(text.remove, () => outbox.remove(id))
  return element("div", { className: "meta" }, icon(ALERT), refused ? text.not_sent : text.expired, retry, remove)
}
