import type { Channel } from "@frontdesk/protocol"
import type { Conversation } from "./conversation.svelte.ts"

/** A heading of the list and what stands below it. */
export interface ListGroup {
  key: string
  kind: "waiting" | "help" | "channel" | "ended"
  /** The channel's name; the other kinds have texts of their own. */
  name: string
  conversations: Conversation[]
}

/**
 * What any operator may take first: those that wait, then those looking for help. Then one heading per channel (joined ones also while empty), then what has ended.
 * What may be taken stands oldest first; inside the other headings the order is kept as it comes.
 */
export function grouped(conversations: Conversation[], channels: Channel[]): ListGroup[] {
  const waiting = conversations.filter((it) => it.waits)
  const help = conversations.filter((it) => it.looksForHelp)
  const ended = conversations.filter((it) => it.ended)
  const others = conversations.filter((it) => it.summary.member && !it.ended && !it.looksForHelp)
  return [
    ...(waiting.length > 0 ? [{ key: "waiting", kind: "waiting" as const, name: "", conversations: byAge(waiting) }] : []),
    ...(help.length > 0 ? [{ key: "help", kind: "help" as const, name: "", conversations: byAge(help) }] : []),
    ...channelGroups(others, channels),
    ...(ended.length > 0 ? [{ key: "ended", kind: "ended" as const, name: "", conversations: ended }] : []),
  ]
}

function byAge(conversations: Conversation[]): Conversation[] {
  const since = ({ summary }: Conversation) => summary.waiting_since ?? summary.created_at
  return conversations.toSorted((one, other) => (since(one) < since(other) ? -1 : 1))
}

function channelGroups(conversations: Conversation[], channels: Channel[]): ListGroup[] {
  const groups = new Map<number, ListGroup>()
  const group = (id: number, name: string) => {
    const known = groups.get(id) ?? { key: `channel-${id}`, kind: "channel", name, conversations: [] }
    groups.set(id, known)
    return known
  }
  channels.filter((it) => it.joined).forEach((it) => group(it.id, it.name))
  conversations.forEach((it) => group(it.summary.channel_id, it.summary.channel_name).conversations.push(it))
  return [...groups.values()]
}
