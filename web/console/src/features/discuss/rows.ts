import type { Author, Marks, OperatorEvent } from "@frontdesk/protocol"
import { isSameDay } from "../../lib/format.ts"
import { isFromOthers } from "./fold.ts"
import type { OutgoingMessage } from "./outgoing.svelte.ts"

/** How far a message of the team has come. */
export type Mark = "waiting" | "refused" | "sent" | "delivered" | "read"

export interface Message {
  key: string
  /** Its number in the log; null while it is on its way. */
  seq: number | null
  at: string
  text: string
  edited: boolean
  deleted: boolean
  /** Null for the visitor's. */
  mark: Mark | null
  outgoing: OutgoingMessage | null
}

/** Messages of one author in a row: one avatar, one time. */
export interface MessageGroup {
  kind: "group"
  key: string
  author: Author
  own: boolean
  messages: Message[]
}

export type Row =
  | MessageGroup
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "happening"; key: string; event: Happening; greeter: string | null }

/** What is told in the thread beside the messages. */
export type Happening = Exclude<OperatorEvent, { kind: `message.${string}` }>

export interface RowSource {
  events: OperatorEvent[]
  outgoing: OutgoingMessage[]
  visitorMarks: Marks
  me: { id: number; name: string }
  /** Messages of others beyond this mark stand below the New line. */
  newAfter: number | null
  /** Whether an own message is about to be deleted. */
  isGoing: (seq: number) => boolean
}

/** After this long the next message shows its own time. */
const SAME_GROUP_MS = 5 * 60 * 1000

/** What a thread draws, from top to bottom. */
export function threadRows(source: RowSource): Row[] {
  const rows: Row[] = []
  let isNewDrawn = source.newAfter === null
  for (const [at, event] of source.events.entries()) {
    // A revision shows in its message, and an unknown kind counts for the cursor only.
    if (event.kind !== "message.posted" && !isHappening(event)) continue
    if (followsFromJoining(event, source.events[at - 1])) continue
    drawDay(rows, event.at, `day-${event.seq}`)
    if (!isNewDrawn && isBeyond(event, source)) {
      rows.push({ kind: "new", key: "new" })
      isNewDrawn = true
    }
    if (isHappening(event)) rows.push({ kind: "happening", key: `event-${event.seq}`, event, greeter: greeterAfter(event, source.events) })
    else drawMessage(rows, event.author, isOwn(event.author, source), messageOf(event, source))
  }
  for (const message of source.outgoing) drawOutgoing(rows, message, source)
  return rows
}

function isBeyond(event: OperatorEvent, { newAfter, me }: RowSource): boolean {
  return isFromOthers(event, me.id) && (event.visitor_seq ?? 0) > (newAfter ?? 0)
}

/** The chatbot that greeted when a conversation was opened. */
function greeterAfter({ kind, seq }: Happening, events: OperatorEvent[]): string | null {
  const next = kind === "conversation.opened" ? events.find((it) => it.seq === seq + 1) : undefined
  return next?.kind === "message.posted" && next.author.kind === "chatbot" ? next.author.name : null
}

function drawDay(rows: Row[], at: string, key: string): void {
  const last = lastMoment(rows)
  if (!last || !isSameDay(last, at)) rows.push({ kind: "day", key, at })
}

function lastMoment(rows: Row[]): string | undefined {
  const last = rows.findLast((row) => row.kind !== "new")
  if (last?.kind === "group") return last.messages.at(-1)?.at
  if (last?.kind === "happening") return last.event.at
  return last?.at
}

const HAPPENINGS = new Set(["conversation.opened", "conversation.ended", "member.joined", "member.left", "conversation.status_changed", "chatbot.restarted"])

function isHappening(event: OperatorEvent): event is Happening {
  return HAPPENINGS.has(event.kind)
}

/** Whoever takes what looked for help sets it in progress with that: told once, as joining. */
function followsFromJoining(event: OperatorEvent, before: OperatorEvent | undefined): boolean {
  if (event.kind !== "conversation.status_changed" || event.status !== "in_progress") return false
  return before?.kind === "member.joined" && before.operator.id === event.operator.id && before.at === event.at
}

function drawMessage(rows: Row[], author: Author, own: boolean, message: Message): void {
  const last = rows.at(-1)
  if (last?.kind === "group" && isSameAuthor(last.author, author) && isSoon(last, message)) last.messages.push(message)
  else rows.push({ kind: "group", key: `group-${message.key}`, author, own, messages: [message] })
}

function drawOutgoing(rows: Row[], outgoing: OutgoingMessage, { me }: RowSource): void {
  drawDay(rows, outgoing.at, `day-${outgoing.clientId}`)
  const mark = outgoing.refused ? "refused" : "waiting"
  const { clientId, at, text } = outgoing
  const message: Message = { key: clientId, seq: null, at, text, edited: false, deleted: false, mark, outgoing }
  drawMessage(rows, { kind: "operator", ...me }, true, message)
}

function messageOf(event: Extract<OperatorEvent, { kind: "message.posted" }>, source: RowSource): Message {
  const isTeams = event.author.kind === "operator"
  const deleted = (event.deleted ?? false) || source.isGoing(event.seq)
  // The client id is known before the number: the bubble that was drawn at once stays the same one. A chatbot has none.
  return {
    key: event.client_id || `event-${event.seq}`,
    seq: event.seq,
    at: event.at,
    text: event.text,
    edited: event.edited ?? false,
    deleted,
    mark: isTeams && !deleted ? markOf(event.visitor_seq ?? 0, source.visitorMarks) : null,
    outgoing: null,
  }
}

function markOf(visitorSeq: number, marks: Marks): Mark {
  if (visitorSeq <= marks.read) return "read"
  return visitorSeq <= marks.delivered ? "delivered" : "sent"
}

function isOwn(author: Author, { me }: RowSource): boolean {
  return author.kind === "operator" && author.id === me.id
}

function isSameAuthor(one: Author, other: Author): boolean {
  if (one.kind === "visitor" || other.kind === "visitor") return one.kind === other.kind
  return one.kind === other.kind && one.id === other.id
}

function isSoon(group: MessageGroup, message: Message): boolean {
  const last = group.messages.at(-1)
  return !last || Date.parse(message.at) - Date.parse(last.at) < SAME_GROUP_MS
}
