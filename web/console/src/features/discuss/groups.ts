import type { Channel } from "@frontdesk/protocol"
import type { Conversation } from "./conversation.svelte.ts"

/** A heading of the list and what stands below it. */
export interface ListGroup {
  key: string
  kind: "help" | "channel" | "ended"
  /** The channel's name; the other kinds have texts of their own. */
  name: string
  conversations: Conversation[]
}

/**
 * Those looking for help first, then one heading per channel (joined ones also while empty), then what has ended.
 * Inside a heading the order is kept as it comes.
 */
export function grouped(conversations: Conversation[], channels: Channel[]): ListGroup[] {
  const help = conversations.filter((it) => !it.ended && it.summary.status === "looking_for_help")
  const ended = conversations.filter((it) => it.ended)
  const others = conversations.filter((it) => !it.ended && it.summary.status !== "looking_for_help")
  return [
    ...(help.length > 0 ? [{ key: "help", kind: "help" as const, name: "", conversations: help }] : []),
    ...channelGroups(others, channels),
    ...(ended.length > 0 ? [{ key: "ended", kind: "ended" as const, name: "", conversations: ended }] : []),
  ]
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
