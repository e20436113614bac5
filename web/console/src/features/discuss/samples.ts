/** People, messages and conversations that the tests of this folder share. */
import type { Author, ConversationSummary, OperatorEvent, OperatorRef } from "@frontdesk/protocol"

export const maren: OperatorRef = { id: 1, name: "Maren" }
export const tomas: OperatorRef = { id: 2, name: "Tomás" }
export const visitor: Author = { kind: "visitor" }

type Message = Extract<OperatorEvent, { kind: "message.posted" }>

/** A message at 10:00 plus `seq` minutes; `visitor_seq` is the same number. */
export function aMessage(seq: number, author: Author, changes: Partial<Message> = {}): Message {
  const at = atMinute(seq)
  return { seq, visitor_seq: seq, at, kind: "message.posted", author, client_id: `c${seq}`, text: `text ${seq}`, ...changes } as Message
}

export function atMinute(minute: number): string {
  return new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString()
}

export function aSummary(changes: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: 12,
    channel_id: 1,
    channel_name: "YourWebsite.com",
    visitor: { id: 12, name: null, email: null, language: "en", country: null, time_zone: null, present: true },
    operator: null,
    status: "in_progress",
    created_at: atMinute(0),
    ended_at: null,
    last_active_at: atMinute(0),
    last_seq: 0,
    last_message: null,
    unread: 0,
    member: false,
    waiting_since: null,
    expertise: [],
    left_message: false,
    chatbot: null,
    outcome: null,
    ...changes,
  }
}
