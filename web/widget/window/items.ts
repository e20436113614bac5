import type { VisitorEvent } from "@frontdesk/protocol"
import { key } from "../texts"
import type { Conversation } from "./conversation"
import type { Unsent } from "./messages"

interface Place {
  key: string
  /** What has not been stored has neither number nor time. */
  seq?: number
  at?: string
  /** A time of the day that it belongs to, where it has none of its own. */
  on?: string
}

/** One line of the thread, before it has a look. */
export type Item = Place &
  (
    | { kind: "message"; author: "visitor" | "operator" | "chatbot"; name?: string; text: string; edited?: boolean; deleted?: boolean; unsent?: Unsent }
    | { kind: "note"; note: number; name: string }
  )
export type Message = Item & { kind: "message" }

/** Everything in the order of the thread: the welcome, what is known of the log, and what is on its way. */
export function itemsOf({ log, unsent }: Pick<Conversation, "log" | "unsent">, welcome: string): Item[] {
  const known = log.events.flatMap((event) => item(event) ?? [])
  const arrived = new Set(known.map((it) => it.key))
  const waiting = unsent.filter((entry) => !arrived.has(entry.id)).map(waitingItem)
  const opening: Item[] = welcome && !log.more ? [{ kind: "message", key: "welcome", author: "operator", text: welcome, on: log.events[0]?.at }] : []
  return [...opening, ...known, ...waiting]
}

function item(event: VisitorEvent): Item | undefined {
  const { seq, at } = event
  const place = { key: String(seq), seq, at }
  switch (event.kind) {
    case "message.posted": {
      const { client_id, author, name, text, edited, deleted } = event
      return { kind: "message", ...place, key: client_id ?? place.key, author, name: name ?? undefined, text, edited, deleted }
    }
    case "member.joined":
    case "member.left":
      return { kind: "note", ...place, note: event.kind === "member.joined" ? key.joined : key.left, name: event.name }
    default:
      return undefined
  }
}

function waitingItem(unsent: Unsent): Item {
  return { kind: "message", key: unsent.id, author: "visitor", text: unsent.value.text, unsent }
}
