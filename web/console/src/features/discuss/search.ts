import type { ConversationSummary } from "@frontdesk/protocol"
import { visitorTitle } from "./names.ts"

/** Whether all words sought are in the visitor's name, the channel's name or the last message. */
export function matches(summary: ConversationSummary, sought: string): boolean {
  const place = [visitorTitle(summary.visitor), summary.visitor.email, summary.channel_name, summary.last_message?.text]
  const text = plain(place.filter(Boolean).join(" "))
  return plain(sought)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Without case and accents, so that "maria" finds "María". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase()
}
