import { Connection, webSocketTransport, type ConnectionState } from "@frontdesk/live"
import type { Me, OperatorClientFrame, OperatorEvent, OperatorServerFrame } from "@frontdesk/protocol"
import { getContext, setContext } from "svelte"
import { looking } from "../../lib/attention.svelte.ts"
import { tell } from "../../lib/notices.svelte.ts"
import { paced } from "../../lib/paced.ts"
import { route } from "../../lib/router.svelte.ts"
import { t } from "../../lib/text.svelte.ts"
import { isSignedIn, refreshSession, session } from "../auth/session.svelte.ts"
import { Channels } from "../channels/channels.svelte.ts"
import { ChatWindows } from "../discuss/chat-windows.svelte.ts"
import type { Conversation } from "../discuss/conversation.svelte.ts"
import { Deletions } from "../discuss/deletions.svelte.ts"
import { Drafts } from "../discuss/drafts.svelte.ts"
import { isFromOthers } from "../discuss/fold.ts"
import { Inbox } from "../discuss/inbox.svelte.ts"
import { visitorName } from "../discuss/names.ts"
import { Notifier } from "../discuss/notifier.ts"
import { Outgoing } from "../discuss/outgoing.svelte.ts"
import { Team } from "../team/team.svelte.ts"

type FrameOf<Kind> = Extract<OperatorServerFrame, { kind: Kind }>
type FrameTable = { [Kind in OperatorServerFrame["kind"]]: (frame: FrameOf<Kind>) => void }

export type ChangedKind = FrameOf<"changed">["what"]

/** A server that refuses again and again is not asked in a tight loop. */
const COME_BACK_AFTER_MS = 2000
const RELOAD_EVERY_MS = 1000

/** Everything that a signed-in operator works with. Made at sign-in, stopped at sign-out. */
export class Desk {
  readonly channels = new Channels()
  readonly team = new Team()
  readonly inbox: Inbox
  readonly outgoing: Outgoing
  readonly drafts: Drafts
  readonly deletions: Deletions
  readonly windows: ChatWindows
  connection = $state.raw<ConnectionState>({ kind: "connecting" })
  readonly connected = $derived(this.connection.kind === "open")
  /** The first connection of a page needs a moment; only a connection that was there can be lost. */
  wasConnected = $state(false)
  /** What is open on the page, where only the page knows its name. */
  recordName = $state<string>()

  #connection: Connection<OperatorClientFrame, OperatorServerFrame>
  #notifier: Notifier
  #stopped = false
  // A team that comes to work in the morning is one reason to fetch, not a hundred.
  #reloadChannels = paced(() => void this.channels.reload(), RELOAD_EVERY_MS)
  #reloadMembers = paced(() => void this.team.reloadMembers(), RELOAD_EVERY_MS)
  #changeListeners = new Set<(what: ChangedKind) => void>()

  constructor(me: number) {
    const send = (frame: OperatorClientFrame) => this.#connection.send(frame)
    this.#notifier = new Notifier(
      (conversation) => looking() && this.#isShown(conversation),
      () => this.me.alerts,
    )
    this.deletions = new Deletions(me, (conversation, event) => this.inbox.receive(conversation, event))
    this.inbox = new Inbox({
      me,
      send,
      isGoing: (conversation, seq) => this.deletions.has(conversation, seq),
      applied: (conversation, event) => this.#onEvent(conversation, event),
    })
    this.outgoing = new Outgoing(me, send)
    this.drafts = new Drafts(me)
    this.windows = new ChatWindows(me)
    this.#connection = new Connection({
      transports: [webSocketTransport(`${location.origin}/api/v1/operator/socket`)],
      onFrame: (frame) => this.#receive(frame),
      onState: (state) => this.#enter(state),
    })
  }

  get me(): Me {
    const current = session()
    if (current.kind !== "signed-in") throw new Error("the desk is used after sign-out")
    return current.me
  }

  // Lifecycle

  start(): void {
    void this.channels.reload()
    void this.team.reload()
    void this.inbox.reload()
  }

  /** Somebody is signed in. What happened before is fetched as after any lost connection. */
  connect(): void {
    this.#connection.start()
  }

  /** The session has ended: nothing gets through until the next one. */
  disconnect(): void {
    this.#connection.stop()
  }

  stop(): void {
    this.#stopped = true
    this.#connection.stop()
    this.outgoing.stop()
    this.deletions.stop()
  }

  // Actions

  send(frame: OperatorClientFrame): boolean {
    return this.#connection.send(frame)
  }

  /** Tells when things of a kind are not what they were, also while the line was lost; the answer takes it back. */
  onChanged(listener: (what: ChangedKind) => void): () => void {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  retryNow(): void {
    this.#connection.retryNow()
  }

  // Internal

  #table: FrameTable = {
    heads: (frame) => {
      this.inbox.receiveHeads(frame.conversations)
      this.inbox.follow()
    },
    followed: (frame) => void this.inbox.find(frame.conversation)?.catchUp(frame.last_seq),
    event: (frame) => this.inbox.receive(frame.conversation, frame.event),
    sent: (frame) => {
      this.outgoing.sent(frame.client_id)
      this.inbox.find(frame.conversation)?.expect(frame.seq)
    },
    refused: (frame) => {
      if (frame.client_id) this.outgoing.refused(frame.client_id, frame.code, frame.retry_after)
    },
    marks: (frame) => this.inbox.find(frame.conversation)?.receiveMarks(frame.by, frame),
    typing: (frame) => this.inbox.find(frame.conversation)?.showTyping(frame.by),
    visitor_presence: (frame) => this.inbox.showPresence(frame.conversation, frame.present),
    changed: (frame) => this.#refetch(frame),
    pong: () => undefined,
  }

  #receive(frame: OperatorServerFrame): void {
    // A newer server may know more kinds.
    const receive = this.#table[frame.kind] as ((frame: OperatorServerFrame) => void) | undefined
    receive?.(frame)
  }

  #enter(state: ConnectionState): void {
    const before = this.connection.kind
    this.connection = state
    if (state.kind === "open") this.#onOpen()
    else if (before === "open") this.outgoing.disconnected()
    // A handshake refused for the session looks like a broken line: only the API can tell.
    if (state.kind === "waiting" && before === "connecting") void refreshSession()
    else if (state.kind === "closed" && state.code !== undefined) void this.#comeBack()
  }

  /** Signing out on one device closes the sockets of all; those whose session still holds come back. */
  async #comeBack(): Promise<void> {
    await refreshSession()
    setTimeout(() => {
      if (!this.#stopped && isSignedIn()) this.#connection.start()
    }, COME_BACK_AFTER_MS)
  }

  #onOpen(): void {
    if (this.wasConnected || this.channels.status === "failed") void this.channels.reload()
    if (this.wasConnected) this.#changeListeners.forEach((tell) => tell("conversation"))
    if (this.wasConnected || this.team.status === "failed") void this.team.reload()
    this.inbox.connected()
    void this.inbox.reloadQueue()
    this.wasConnected = true
    this.outgoing.connected()
    this.deletions.connected()
  }

  #onEvent(conversation: Conversation, event: OperatorEvent): void {
    if (event.kind === "message.posted") this.outgoing.arrived(event.client_id)
    this.#tellInvitation(conversation, event)
    // The channels count their conversations.
    if (event.kind === "conversation.opened" || event.kind === "conversation.ended") void this.channels.reload()
    this.#notifier.consider(conversation, event, this.me.id)
    this.#bringUp(conversation, event)
  }

  /** Outside Discuss, what is new stands at the bottom: a new conversation open, another one folded. */
  #bringUp({ id, summary }: Conversation, event: OperatorEvent): void {
    if (!summary.member || route().page === "discuss") return
    if (event.kind === "conversation.opened") this.windows.bringUp(id, false)
    else if (isFromOthers(event, this.me.id)) this.windows.bringUp(id, true)
  }

  #isShown(conversation: number): boolean {
    const shown = route()
    if ("conversation" in shown && shown.conversation !== null) return shown.conversation === conversation
    return this.windows.attended === conversation
  }

  #tellInvitation(conversation: Conversation, event: OperatorEvent): void {
    if (event.kind !== "member.joined" || event.operator.id !== this.me.id || !event.invited_by) return
    const text = t("invite.invited", { name: visitorName(conversation.summary.visitor) })
    tell(text)
    this.#notifier.invite(conversation, text)
  }

  #refetch({ what, id }: FrameOf<"changed">): void {
    this.#changeListeners.forEach((tell) => tell(what))
    if (what === "conversation") void this.inbox.refetch(id)
    if (what === "queue") void this.inbox.reloadQueue()
    // The own list hears of each event; only lists of everything need to fetch again.
    if (what === "channel" || what === "operator") this.#reloadChannels()
    if (what === "operator") this.#reloadMembers()
    if (what === "expertise" || what === "language") void this.team.reload()
    if (what === "operator" && id === this.me.id) void refreshSession()
  }
}

const DESK = Symbol("desk")

export function provideDesk(desk: Desk): void {
  setContext(DESK, desk)
}

export function useDesk(): Desk {
  return getContext<Desk>(DESK)
}
