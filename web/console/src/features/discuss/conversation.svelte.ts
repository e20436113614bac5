import type {
  Author,
  ConversationSummary,
  Marks,
  OperatorClientFrame,
  OperatorEvent,
  OperatorSnapshot,
} from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { assigned, fold, foldOperators, isFromOthers, isRevisable, judge, revised, unreadAfter } from "./fold.ts"

/** Somebody who types says so every few seconds; without news for this long they have stopped. */
const TYPING_LASTS_MS = 6000
const EVENT_FOLLOWS_WITHIN_MS = 1000
/** Marks of several events in a row go out as one frame. */
const MARK_AFTER_MS = 200

export type Thread = Omit<OperatorSnapshot, "conversation">

export interface ConversationPort {
  me: number
  send(frame: OperatorClientFrame): boolean
  /** Whether an own message is about to be deleted. */
  isGoing(conversation: number, seq: number): boolean
  /** Something happened that was not known before, live or found while catching up. */
  applied(conversation: Conversation, event: OperatorEvent): void
}

interface Page {
  events: OperatorEvent[]
  more: boolean
}

/** One conversation as the console knows it: always the summary, and the thread once it was opened. */
export class Conversation {
  summary = $state.raw() as ConversationSummary
  thread = $state.raw<Thread | null>(null)
  typing = $state.raw<Author | null>(null)
  /** What stands below the New line: messages of others beyond this mark. Null: there is no line. */
  newAfter = $state.raw<number | null>(null)
  /** The own message that is being edited here, and how it reads so far. */
  editing = $state.raw<{ seq: number; text: string } | null>(null)

  #port: ConversationPort
  #highestSeen = 0
  #catchingUp: Promise<void> | null = null
  #loading: Promise<void> | null = null
  #lastVisitorSeq = 0
  #deliveredMarked = 0
  #markTimer: ReturnType<typeof setTimeout> | undefined
  #typingTimer: ReturnType<typeof setTimeout> | undefined

  constructor(summary: ConversationSummary, port: ConversationPort) {
    this.summary = summary
    this.#port = port
  }

  get id(): number {
    return this.summary.id
  }

  get ended(): boolean {
    return this.summary.ended_at !== null
  }

  /** Whether this operator may write here now. */
  get writable(): boolean {
    return this.summary.member && !this.ended
  }

  /** Nobody answers it, and any operator may take it. */
  get waits(): boolean {
    return !this.ended && this.summary.waiting_since !== null
  }

  get looksForHelp(): boolean {
    return !this.ended && this.summary.status === "looking_for_help"
  }

  /** Any operator may take it. */
  get isOffered(): boolean {
    return this.waits || this.looksForHelp
  }

  // Events

  receive(event: OperatorEvent): void {
    this.#highestSeen = Math.max(this.#highestSeen, event.seq)
    const verdict = judge(this.summary.last_seq, event.seq)
    if (verdict === "gap") void this.catchUp(event.seq)
    if (verdict !== "next") return
    this.#apply(event)
    this.#markDelivered()
  }

  /** Fetches what is missing up to `head`. Errors are left to the next frame or reconnect, which ask again. */
  catchUp(head: number): Promise<void> {
    this.#highestSeen = Math.max(this.#highestSeen, head)
    this.#catchingUp ??= this.#fetchMissing()
      .catch(() => undefined)
      .finally(() => (this.#catchingUp = null))
    return this.#catchingUp
  }

  /** The server says that there is an event of this number. It usually follows at once; where it does not, it is fetched. */
  expect(seq: number): void {
    if (judge(this.summary.last_seq, seq) === "known") return
    setTimeout(() => this.summary.last_seq < seq && void this.catchUp(seq), EVENT_FOLLOWS_WITHIN_MS)
  }

  /** A list that was fetched again knows things that are in no event: presence, and marks of other devices. */
  refresh(fetched: ConversationSummary): void {
    if (fetched.last_seq < this.summary.last_seq) return
    if (this.thread && fetched.last_seq > this.summary.last_seq) {
      this.summary = { ...this.summary, visitor: fetched.visitor }
      void this.catchUp(fetched.last_seq)
    } else this.summary = fetched
  }

  // The thread

  /** Loads the thread, once. Rejects with the API's error. */
  open(): Promise<void> {
    if (this.thread) return Promise.resolve()
    this.#loading ??= this.#load().finally(() => (this.#loading = null))
    return this.#loading
  }

  /** Adds the page before the first event. `arriving` is called just before it is put in place. */
  async loadOlder(arriving: () => void): Promise<void> {
    const thread = this.thread
    const first = thread?.events[0]
    if (!thread?.more || !first) return
    const page = await api.get<Page>(`/conversations/${this.id}/events?before=${first.seq}&limit=50`)
    // Live events may have been added meanwhile: put the page before what is there now.
    if (this.thread?.events[0] === first) {
      arriving()
      // The page may be older than a revision that came meanwhile.
      const older = this.thread.events.reduce(revised, page.events)
      this.thread = { ...this.thread, events: [...older, ...this.thread.events], more: page.more }
    }
  }

  // Editing

  edit(seq: number): void {
    const message = this.thread?.events.find((event) => event.seq === seq)
    if (message?.kind === "message.posted") this.editing = { seq, text: message.text }
  }

  /** Edits the own message before this one: the last one, unless told. */
  editBefore(seq = Infinity): void {
    if (!this.writable) return
    const isMine = (event: OperatorEvent) => isRevisable(event, this.#port.me) && !this.#port.isGoing(this.id, event.seq)
    const own = this.thread?.events.findLast((event) => event.seq < seq && isMine(event))
    if (own) this.edit(own.seq)
  }

  rewrite(text: string): void {
    if (this.editing) this.editing = { ...this.editing, text }
  }

  // Marks

  /** Everything shown has been seen: says so to the server, and with it to the visitor and the other tabs. */
  markRead(): void {
    const read = this.#newestVisitorSeq()
    if (!this.thread || read <= this.thread.own_marks.read) return
    if (!this.#port.send({ kind: "mark", conversation: this.id, delivered: read, read })) return
    this.#deliveredMarked = read
    this.#rise("own_marks", { delivered: read, read })
  }

  /** While nobody looks, what comes in is new: the line is drawn above the first of it. */
  drawNewLine(): void {
    if (this.thread && this.newAfter === null) this.newAfter = this.thread.own_marks.read
  }

  removeNewLine(): void {
    this.newAfter = null
  }

  receiveMarks(by: "visitor" | "operator", marks: Marks): void {
    if (this.thread) this.#rise(by === "visitor" ? "visitor_marks" : "own_marks", marks)
    else if (by === "operator" && this.summary.unread > 0) void this.open().catch(() => undefined)
  }

  // Signals

  showTyping(by: Author): void {
    if (by.kind === "operator" && by.id === this.#port.me) return
    this.typing = by
    clearTimeout(this.#typingTimer)
    this.#typingTimer = setTimeout(() => this.#endTyping(), TYPING_LASTS_MS)
  }

  showPresence(present: boolean): void {
    this.summary = { ...this.summary, visitor: { ...this.summary.visitor, present } }
    if (!present && this.typing?.kind === "visitor") this.#endTyping()
  }

  // Internal

  #apply(event: OperatorEvent): void {
    this.summary = fold(this.summary, event, this.#port.me)
    this.#lastVisitorSeq = event.visitor_seq ?? this.#lastVisitorSeq
    if (event.kind === "conversation.ended" || isBy(this.typing, event)) this.#endTyping()
    if (event.kind === "message.deleted" && this.editing?.seq === event.message) this.editing = null
    if (this.thread) this.#applyToThread(this.thread, event)
    // Who answers now depends on who else takes part, which only the thread knows.
    else if (event.kind === "member.left" && !this.summary.operator) void this.open().catch(() => undefined)
    // How it went is decided by the server, and no part of the event.
    if (event.kind === "conversation.ended" && this.thread) void this.#learnOutcome().catch(() => undefined)
    this.#port.applied(this, event)
  }

  #endTyping(): void {
    clearTimeout(this.#typingTimer)
    this.typing = null
  }

  #applyToThread(thread: Thread, event: OperatorEvent): void {
    const operators = foldOperators(thread.operators, event)
    this.thread = { ...thread, events: [...revised(thread.events, event), event], operators }
    this.summary = { ...this.summary, operator: assigned(this.summary.operator, operators) }
    if (!isFromOthers(event, this.#port.me)) return
    this.summary = { ...this.summary, unread: unreadAfter(this.thread.events, thread.own_marks.read, this.#port.me) }
  }

  async #fetchMissing(): Promise<void> {
    while (this.summary.last_seq < this.#highestSeen) {
      const before = this.summary.last_seq
      const page = await api.get<Page>(`/conversations/${this.id}/events?after=${before}&limit=200`)
      for (const event of page.events) {
        if (judge(this.summary.last_seq, event.seq) === "next") this.#apply(event)
      }
      if (this.summary.last_seq === before) return
    }
    this.#markDelivered()
  }

  async #load(): Promise<void> {
    const { conversation, ...thread } = await api.get<OperatorSnapshot>(`/conversations/${this.id}`)
    const missing = Math.max(this.#highestSeen, this.summary.last_seq)
    this.summary = conversation
    this.thread = thread
    this.#lastVisitorSeq = this.#newestVisitorSeq()
    if (conversation.last_seq < missing) await this.catchUp(missing)
  }

  async #learnOutcome(): Promise<void> {
    const { conversation } = await api.get<OperatorSnapshot>(`/conversations/${this.id}`)
    this.refresh(conversation)
  }

  #newestVisitorSeq(): number {
    return this.thread?.events.findLast((event) => event.visitor_seq !== null)?.visitor_seq ?? this.#lastVisitorSeq
  }

  #rise(side: "own_marks" | "visitor_marks", marks: Marks): void {
    if (!this.thread) return
    const known = this.thread[side]
    const risen = {
      delivered: Math.max(known.delivered, marks.delivered),
      read: Math.max(known.read, marks.read),
    }
    this.thread = { ...this.thread, [side]: risen }
    if (side !== "own_marks") return
    this.summary = { ...this.summary, unread: unreadAfter(this.thread.events, risen.read, this.#port.me) }
  }

  #markDelivered(): void {
    clearTimeout(this.#markTimer)
    this.#markTimer = setTimeout(() => {
      const delivered = this.#lastVisitorSeq
      if (delivered <= this.#deliveredMarked) return
      const read = this.thread?.own_marks.read ?? 0
      if (this.#port.send({ kind: "mark", conversation: this.id, delivered, read })) this.#deliveredMarked = delivered
    }, MARK_AFTER_MS)
  }
}

/** Whoever typed has said it. */
function isBy(author: Author | null, event: OperatorEvent): boolean {
  if (!author || event.kind !== "message.posted" || author.kind !== event.author.kind) return false
  return author.kind === "visitor" || author.id === (event.author as typeof author).id
}
