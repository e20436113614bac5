import { Acknowledgements, Backoff, Connection, onNetworkHint, Outbox, randomSecret, Shelf, uuidv7, webSocketTransport } from "@frontdesk/live"
import type { ConnectionState, Delivery } from "@frontdesk/live"
import type { ChatbotState, Marks, PickedAnswer, VisitorClientFrame, VisitorConversation, VisitorEvent, VisitorServerFrame, VisitorSnapshot } from "@frontdesk/protocol"
import type { Setting } from "../contract"
import { Http, Refusal } from "./http"
import { Log } from "./log"
import { circumstances, isAnswer } from "./messages"
import type { Addressed, Incoming, Listener, Unsent, Written } from "./messages"
import { fallback, lease, withExtras } from "./on-demand"
import { Receipts } from "./receipts"
import type { Pending } from "./scene"
import { Typing } from "./typing"

/** What is kept with the page's own site, from the visitor's first act on. */
type Kept = "secret" | "conversation" | "draft" | "email" | "read" | "quiet"

type Frames = { [Kind in VisitorServerFrame["kind"]]: VisitorServerFrame & { kind: Kind } }
type Answering = NonNullable<VisitorConversation["operator"]>
type Page = { events: VisitorEvent[]; more: boolean }

const NOT_SIGNED_IN = 4401

/** The visitor's conversation with the team: what was said, what is on its way, and how to get it there. */
export class Conversation {
  readonly log = new Log()
  readonly receipts = new Receipts(() => this.#tellMarks())
  readonly typing: Typing
  readonly outbox: Outbox<Written>
  id: string | undefined
  operator: Answering | null = null
  isPresent = false
  ended = false
  /** Why nobody answers yet: everybody is busy, or was away. */
  pending: Pending = {}
  /** Who talks in place of an operator. */
  chatbot: ChatbotState | null | undefined
  network: ConnectionState = { kind: "closed" }
  /** The server asked to slow down until then. */
  heldUntil = 0

  #setting: Setting
  #listener: Listener
  #kept: Shelf<string>
  #http: Http
  #connection: Connection<VisitorClientFrame, VisitorServerFrame> | undefined
  #acknowledgements = new Acknowledgements()
  #backoff = new Backoff()
  #retry: ReturnType<typeof setTimeout> | undefined
  #fetching = new Set<string>()
  #starting: string | undefined
  #forget: (() => void)[]

  // Lifecycle

  constructor(setting: Setting, listener: Listener) {
    this.#setting = setting
    this.#listener = listener
    this.typing = new Typing(() => listener.changed())
    this.#kept = new Shelf(`frontdesk.${setting.frontdesk.channel}.`)
    this.#http = new Http(setting.origin, () => this.kept("secret"))
    this.outbox = new Outbox({
      name: `frontdesk.outbox.${setting.frontdesk.channel}.`,
      deliver: (entry) => this.#deliver(entry),
      withoutLocks: lease,
      onChange: () => this.#follow(),
    })
    this.#forget = [this.#kept.onChangeElsewhere(() => this.#follow()), onNetworkHint(() => this.tryNow())]
  }

  /** Goes on where the visitor left off. */
  resume(): void {
    this.#follow()
    this.outbox.wake()
  }

  stop(): void {
    this.#forget.forEach((forget) => forget())
    this.outbox.stop()
    this.#reset(undefined)
  }

  // What is known

  kept(name: Kept): string {
    return this.#kept.items.get(name) ?? ""
  }

  keep(name: Kept, value: string): void {
    if (value) this.#kept.put(name, value)
    else this.#kept.remove(name)
    // Drafts change with every key.
    if (name !== "draft") this.#listener.changed()
  }

  get isRunning(): boolean {
    return !!this.id && !this.ended
  }

  /** What has not been acknowledged, in the order of writing. */
  get unsent(): Unsent[] {
    return this.outbox.entries.filter((entry) => entry.conversation === this.id)
  }

  /** Messages of others that the visitor has not seen. */
  get unread(): number {
    return this.log.events.filter((event) => event.seq > this.receipts.read && isAnswer(event)).length
  }

  // Actions

  write(text: string, addressed: Addressed, answer?: PickedAnswer): void {
    if (!this.kept("secret")) this.keep("secret", randomSecret())
    if (this.id) return void this.outbox.add(this.id, { text, answer })
    // The entry comes first: another tab that learns of the conversation must see that it has not been started yet.
    this.#starting = uuidv7()
    this.outbox.add(this.#starting, { text, answer, start: { ...circumstances(this.#setting), ...addressed } })
    this.keep("conversation", this.#starting)
    this.#starting = undefined
  }

  /** Tells the others that the visitor types; a lost signal is no loss. */
  type(): void {
    if (this.isRunning && this.typing.isTimeToTell()) this.#send({ kind: "typing", conversation: this.id! })
  }

  /** The visitor has seen the newest message. */
  see(): void {
    this.#raiseRead(this.log.cursor)
    if (this.log.shorten()) this.#listener.changed()
  }

  loadOlder(): Promise<void> {
    return this.#fetch("before", async () => {
      if (!this.log.more) return
      const { events, more } = await this.#http.get<Page>(`${this.#path}/events?before=${this.log.first}&limit=100`)
      this.log.prepend(events, more)
    })
  }

  /** Tells the team whom the page has named. Before the first message there is nobody to tell of. */
  identify(): void {
    if (this.#setting.identity && this.#connection) withExtras(({ identify }) => identify(this.#setting, this.#http))
  }

  /** Ends the conversation, or lets a chatbot go on or begin anew. */
  async tell(what: "closure" | "chatbot/continuation" | "chatbot/restart", body = {}): Promise<void> {
    this.#know(await this.#http.post(`${this.#path}/${what}`, body))
    this.#follow()
  }

  /** Leaves the conversation, and what was not sent in it. */
  startAnew(): void {
    const { unsent } = this
    this.keep("read", "")
    this.keep("conversation", "")
    unsent.forEach((entry) => this.outbox.remove(entry.id))
    this.#follow()
  }

  tryNow(): void {
    this.#connection?.retryNow()
    this.resume()
  }

  // Internal: which conversation it is

  /** All tabs have the conversation that the site's storage names. */
  #follow(): void {
    const id = this.#starting ?? this.#kept.items.get("conversation")
    if (id !== this.id) this.#reset(id)
    this.#raiseRead(Number(this.kept("read")))
    const isStarted = id && !this.unsent.some((entry) => entry.value.start)
    if (isStarted && !this.#connection && !this.ended) void this.#load()
    this.#listener.changed()
  }

  #reset(id: string | undefined): void {
    this.#disconnect()
    clearTimeout(this.#retry)
    this.log.replace([], false)
    this.receipts.reset()
    Object.assign(this, { id, operator: null, isPresent: false, ended: false, pending: {}, chatbot: null, network: { kind: "closed" } })
    this.typing.set(undefined)
  }

  /** What was written and could not be sent anywhere is not lost: it goes back into the field. */
  #giveBack(code?: string): void {
    const text = this.unsent.map((entry) => entry.value.text).join("\n")
    this.startAnew()
    if (text) this.#listener.givenBack(text, code)
  }

  // Internal: start, load, connect

  async #deliver(entry: Unsent): Promise<Delivery> {
    const { id: client_id, conversation, value } = entry
    if (conversation !== this.id) return { kind: "refused", code: "conversation_ended" }
    if (value.start) return this.#start(entry)
    const outcome = this.#acknowledgements.of(client_id)
    if (!this.#send({ kind: "send", conversation, client_id, text: value.text, answer: value.answer } as VisitorClientFrame)) this.#acknowledgements.lost()
    return outcome
  }

  async #start({ id, conversation, value: { text, answer, start } }: Unsent): Promise<Delivery> {
    const request = { channel_id: this.#setting.frontdesk.channel, id: conversation, message: { client_id: id, text, answer }, ...start }
    try {
      const snapshot = await this.#http.post<VisitorSnapshot>("conversations", request)
      this.#adopt(snapshot)
      this.#setting.events.emit("conversation_started")
      snapshot.events.forEach((event) => this.#tell(event))
    } catch (error) {
      if (!(error instanceof Refusal)) return this.#pause(() => this.outbox.wake())
      if (error.retryAfter) return this.#hold(error.retryAfter)
      if (!/^(no_operator|email)/.test(error.code!)) return { kind: "refused", code: error.code! }
      this.#giveBack(error.code)
    }
    return { kind: "delivered" }
  }

  #load(): Promise<void> {
    const { id } = this
    return this.#fetch("snapshot", async () => {
      try {
        const snapshot = await this.#http.get<VisitorSnapshot>(this.#path)
        if (id === this.id) this.#adopt(snapshot)
      } catch (error) {
        if (error instanceof Refusal && !error.retryAfter) this.#giveBack()
        else this.#pause(() => this.#follow())
      }
    })
  }

  /** One request of a kind at a time. What it brings is shown; where it fails, the next occasion asks again. */
  async #fetch(what: string, request: () => Promise<void>): Promise<void> {
    if (this.#fetching.has(what)) return
    this.#fetching.add(what)
    await request().catch(() => {})
    this.#fetching.delete(what)
    this.#listener.changed()
  }

  #adopt({ conversation, events, more }: VisitorSnapshot): void {
    this.log.replace(events, more)
    this.#know(conversation)
    this.#raiseRead(conversation.own_marks.read)
    this.#backoff.reset()
    if (this.ended) this.network = { kind: "closed" }
    else this.#connect()
    this.identify()
    this.#listener.changed()
  }

  #know(known: VisitorConversation): void {
    const { operator, operator_present: isPresent, ended_at, chatbot } = known
    Object.assign(this, { operator: operator ?? chatbot, isPresent, ended: !!ended_at, pending: known, chatbot })
    this.receipts.raiseTeam(known.marks)
  }

  #connect(): void {
    if (this.#connection) return this.#subscribe()
    const place = { http: this.#http, path: () => this.#path, cursor: () => this.log.cursor }
    this.#connection = new Connection<VisitorClientFrame, VisitorServerFrame>({
      transports: [webSocketTransport(`${this.#setting.origin}/api/v1/visitor/socket`), fallback("streamTransport", place), fallback("pollTransport", place)],
      greeting: () => ({ kind: "hello", secret: this.kept("secret") }),
      onFrame: (frame) => this.#received(frame),
      onState: (state) => this.#networkIs(state),
    })
    this.#connection.start()
  }

  #networkIs(state: ConnectionState): void {
    this.network = state
    if (state.kind === "open") {
      // Before what waits: the server takes messages only for what is subscribed to.
      this.#subscribe()
      this.outbox.wake()
    } else this.#acknowledgements.lost()
    if (state.kind === "closed" && state.code === NOT_SIGNED_IN) this.#giveBack()
    this.#listener.changed()
  }

  /** Out of reach: told, and tried again later. */
  #pause(again: () => void): Delivery {
    const pause = this.#backoff.next()
    this.network = { kind: "waiting", retryAt: Date.now() + pause }
    clearTimeout(this.#retry)
    this.#retry = setTimeout(again, pause)
    this.#listener.changed()
    return { kind: "later" }
  }

  #hold(after: number): Delivery {
    this.heldUntil = Date.now() + after * 1000
    this.#listener.changed()
    return { kind: "later", after }
  }

  get #path(): string {
    return `conversations/${this.id}`
  }

  #send(frame: VisitorClientFrame): boolean {
    return this.#connection?.send(frame) ?? false
  }

  #disconnect(): void {
    this.#connection?.stop()
    this.#connection = undefined
  }

  #subscribe(): void {
    this.#send({ kind: "subscribe", conversation: this.id!, after: this.log.cursor })
  }

  // Internal: what the server says

  #handlers: { [Kind in keyof Frames]: (frame: Frames[Kind]) => void } = {
    ready: () => {},
    subscribed: ({ marks }) => this.receipts.raiseTeam(marks),
    event: ({ event }) => this.#apply(event),
    sent: ({ client_id }) => this.#acknowledgements.sent(client_id),
    refused: (frame) => this.#refused(frame),
    marks: (marks) => this.receipts.raiseTeam(marks),
    typing: ({ name }) => this.typing.set(name),
    presence: ({ present }) => (this.isPresent = present),
    chatbot: ({ chatbot }) => (this.chatbot = chatbot),
    waiting: ({ position }) => (this.pending = { waiting: position ? { position } : null }),
    reload: () => void this.#load(),
    pong: () => {},
  }

  #received(frame: VisitorServerFrame): void {
    const handler = this.#handlers[frame.kind] as ((frame: VisitorServerFrame) => void) | undefined
    handler?.(frame)
    this.receipts.tellSoon(this.log.cursor)
    this.#listener.changed()
  }

  #refused({ client_id, code, retry_after }: Frames["refused"]): void {
    if (client_id && retry_after) this.#hold(retry_after)
    if (client_id) this.#acknowledgements.refused(client_id, code, retry_after)
    else if (code === "not_found") this.#giveBack()
  }

  #apply(event: VisitorEvent): void {
    const outcome = this.log.apply(event)
    // Starts over after what is known.
    if (outcome === "gap") this.#subscribe()
    if (outcome !== "applied") return
    this.#tell(event)
    if (isAnswer(event)) this.#answered(event)
    if (event.kind === "member.joined") this.#joined(event.name)
    if (event.kind !== "conversation.ended") return
    this.ended = true
    // A chatbot's script may begin anew, also in another tab.
    if (event.by !== "chatbot") this.#disconnect()
    this.#setting.events.emit("conversation_ended", event.by)
  }

  /** The picture is not part of what was announced, nor whether somebody else stays responsible. */
  #joined(name: string): void {
    this.operator ??= { name, avatar: null }
    this.pending = {}
    void this.#fetch("picture", async () => {
      this.operator = (await this.#http.get<VisitorSnapshot>(this.#path)).conversation.operator ?? this.operator
    })
  }

  /** The page hears what is said. */
  #tell(event: VisitorEvent): void {
    if (event.kind !== "message.posted") return
    const { author, name, text, at } = event
    this.#setting.events.emit("message", { author, name: name ?? undefined, text, at })
  }

  #answered(message: Incoming): void {
    this.typing.set(undefined)
    this.#listener.incoming(message)
  }

  // Internal: marks

  #raiseRead(seq: number): void {
    if (!this.receipts.raiseRead(seq)) return
    this.keep("read", String(seq))
    this.receipts.tellSoon(this.log.cursor)
  }

  #tellMarks(): Marks | undefined {
    const delivered = this.log.cursor
    const marks = { delivered, read: Math.min(this.receipts.read, delivered) }
    return this.#send({ kind: "mark", conversation: this.id!, ...marks }) ? marks : undefined
  }
}
