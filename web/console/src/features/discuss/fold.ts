/**
 * What an event does to what is known of its conversation. Applying a whole log to a fresh conversation gives what
 * the server answers for it, so a live console and a reloaded one show the same.
 */
import type { ConversationSummary, OperatorEvent, OperatorRef } from "@frontdesk/protocol"

/** More than this the server does not count either. */
const MOST_UNREAD = 100

type Posted = Extract<OperatorEvent, { kind: "message.posted" }>
type Revision = Extract<OperatorEvent, { kind: "message.edited" | "message.deleted" }>
type Verdict = "next" | "known" | "gap"

/** The one rule of the log: the next number is applied, one at or below the cursor dropped, one above it leaves a gap. */
export function judge(cursor: number, seq: number): Verdict {
  if (seq <= cursor) return "known"
  return seq === cursor + 1 ? "next" : "gap"
}

export function fold(summary: ConversationSummary, event: OperatorEvent, me: number): ConversationSummary {
  return { ...summary, last_seq: event.seq, last_active_at: event.at, ...changes(summary, event, me) }
}

/** Who answers now: when that operator leaves, the one of those left whose number is the lowest. */
export function assigned(operator: OperatorRef | null, operators: OperatorRef[]): OperatorRef | null {
  return operator ?? operators.toSorted((one, other) => one.id - other.id)[0] ?? null
}

export function foldOperators(operators: OperatorRef[], event: OperatorEvent): OperatorRef[] {
  if (event.kind === "member.left") return operators.filter((it) => it.id !== event.operator.id)
  if (event.kind !== "member.joined") return operators
  return [...operators.filter((it) => it.id !== event.operator.id), event.operator]
}

/** A message that some other person wrote: what unread counts, the New line and notifications are about. */
export function isFromOthers(event: OperatorEvent, me: number): boolean {
  if (event.kind !== "message.posted") return false
  return event.author.kind === "visitor" || (event.author.kind === "operator" && event.author.id !== me)
}

/** An own message that can still be edited or deleted. */
export function isRevisable(event: OperatorEvent, me: number): boolean {
  if (event.kind !== "message.posted" || event.deleted) return false
  return event.author.kind === "operator" && event.author.id === me
}

/** How many messages of others lie beyond the read mark. Marks count in `visitor_seq`. */
export function unreadAfter(events: OperatorEvent[], read: number, me: number): number {
  const unread = events.filter((event) => isFromOthers(event, me) && (event.visitor_seq ?? 0) > read)
  return Math.min(unread.length, MOST_UNREAD)
}

/** The events with what a revision does to the message that it names. What was deleted stays so. */
export function revised(events: OperatorEvent[], event: OperatorEvent): OperatorEvent[] {
  if (event.kind !== "message.edited" && event.kind !== "message.deleted") return events
  return events.map((it) => {
    if (it.kind !== "message.posted" || it.seq !== event.message || it.deleted) return it
    return event.kind === "message.edited"
      ? { ...it, text: event.text, edited: true }
      : { ...it, text: "", edited: false, deleted: true }
  })
}

/** The team waits no longer when the visitor writes. */
function statusAfter(status: ConversationSummary["status"], { author }: Posted): ConversationSummary["status"] {
  return status === "waiting_for_customer" && author.kind === "visitor" ? "in_progress" : status
}

function lastMessage({ seq, text, deleted = false, author, at }: Posted): ConversationSummary["last_message"] {
  return { seq, text, deleted, author, at }
}

function revisedLastMessage(
  last: ConversationSummary["last_message"],
  event: Revision,
): ConversationSummary["last_message"] {
  if (last?.seq !== event.message || last.deleted) return last
  return event.kind === "message.edited" ? { ...last, text: event.text } : { ...last, text: "", deleted: true }
}

function chatbotOf({ id, name }: { id: number; name: string }): ConversationSummary["chatbot"] {
  return { id, name }
}

function changes(summary: ConversationSummary, event: OperatorEvent, me: number): Partial<ConversationSummary> {
  switch (event.kind) {
    case "conversation.opened":
      return {
        operator: event.operator,
        member: event.operator?.id === me,
        // Without operator it waits for one; without reason for that, nobody was there and it was left as a message.
        waiting_since: event.operator ? null : event.at,
        left_message: !event.operator && !event.why,
      }
    case "message.posted":
      return {
        last_message: lastMessage(event),
        unread: Math.min(summary.unread + (isFromOthers(event, me) ? 1 : 0), MOST_UNREAD),
        status: statusAfter(summary.status, event),
        // What looked like left alone is in the hands of a chatbot.
        ...(event.author.kind === "chatbot" && { chatbot: chatbotOf(event.author), waiting_since: null, left_message: false }),
      }
    case "message.edited":
    case "message.deleted":
      return { last_message: revisedLastMessage(summary.last_message, event) }
    case "member.joined":
      return {
        operator: summary.operator ?? event.operator,
        member: summary.member || event.operator.id === me,
        chatbot: null,
        waiting_since: null,
        left_message: false,
      }
    case "member.left":
      return {
        operator: summary.operator?.id === event.operator.id ? null : summary.operator,
        member: summary.member && event.operator.id !== me,
      }
    case "conversation.status_changed":
      return { status: event.status }
    case "conversation.ended":
      return { ended_at: event.at, waiting_since: null }
    case "chatbot.restarted":
      return { ended_at: null, chatbot: chatbotOf(event.chatbot) }
    default:
      // A kind that a newer server knows: it counts for the cursor and changes nothing here.
      return {}
  }
}
