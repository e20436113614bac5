import { key } from "../texts"
import { CLOCK, TICK, TICKS } from "./icons"
import type { Item } from "./items"
import type { Scene } from "./scene"

/** Under the last bubble of a group: when, and how far it has come. */
export interface Meta {
  text: string
  /** Icons. */
  before?: string
  after?: string
}

export function metaOf(item: Item, scene: Scene, at: Date | undefined): Meta | undefined {
  if (item.kind === "note") return undefined
  const { words, conversation, operator } = scene
  const { unsent, seq, author, name, edited, deleted } = item
  if (unsent) return { text: words.say(conversation.network.kind === "waiting" ? key.waiting : key.sending), before: CLOCK }
  // The welcome has no time, but somebody who says it.
  const time = (edited && !deleted ? `${words.say(key.edited)} · ` : "") + (at ? words.time(at) : (operator?.name ?? ""))
  if (author !== "visitor") return { text: name && name !== operator?.name ? `${name} · ${time}` : time }
  const { delivered, read } = conversation.receipts.team
  if (seq! <= read) return { text: `${time} · ${words.say(key.read)}`, after: TICKS }
  if (seq! <= delivered) return { text: `${time} · ${words.say(key.delivered)}`, after: TICK }
  return { text: `${time} · ${words.say(key.sent)}` }
}
