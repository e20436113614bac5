import type { ConversationSummary, OperatorEvent, OperatorServerFrame, OperatorSnapshot, Queue } from "@frontdesk/protocol"
import { SvelteMap } from "svelte/reactivity"
import { api } from "../../lib/api.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import { retryLater } from "../../lib/retry-later.ts"
import { Conversation, type ConversationPort } from "./conversation.svelte.ts"

interface ListPage {
  conversations: ConversationSummary[]
  next: string | null
}
type Heads = Extract<OperatorServerFrame, { kind: "heads" }>["conversations"]

/** So many are fetched again also where nothing was said: who is on the website is known of no event. */
const ALWAYS_RELOADED = 200

/** The operator's conversations: those of the own list, and those that were opened by their address. */
export class Inbox {
  status = $state<"loading" | "ready" | "failed">("loading")
  next = $state<string | null>(null)
  #known = new SvelteMap<number, Conversation>()
  #queued = $state.raw(new Set<number>())
  #port: ConversationPort
  #adopting = new Map<number, Promise<Conversation>>()
  /** What the connection follows, by itself or because it was told to. */
  #followed = new Set<number>()

  constructor(port: ConversationPort) {
    this.#port = port
  }

  // What is shown

  /** Last active first. A conversation of others, opened by its address, is not in the list. */
  readonly list = $derived.by(() => [...this.#known.values()].filter((it) => it.summary.member).sort(byActivity))
  /** How many ongoing conversations hold something new. */
  readonly unread = $derived(this.list.filter((it) => !it.ended && it.summary.unread > 0).length)

  find(id: number): Conversation | undefined {
    return this.#known.get(id)
  }

  /** What any operator may take: the others' conversations that wait or look for help. */
  readonly queue = $derived.by(() => {
    const queued = [...this.#queued].map((id) => this.#known.get(id))
    return queued.filter((it) => it !== undefined).filter((it) => it.isOffered && !it.summary.member)
  })

  // Actions

  /** Fetches the list again, as far as it was loaded. What is known stays on screen meanwhile. */
  readonly reload = oneAtATime(() => this.#fetchList())

  /** Fetches again what any operator may take. */
  readonly reloadQueue = oneAtATime(() => this.#fetchQueue())

  /** More is known of a conversation, or of its visitor, than any event tells. */
  async refetch(id: number): Promise<void> {
    if (!this.#known.has(id)) return
    const found = await api.get<OperatorSnapshot>(`/conversations/${id}`).catch(() => null)
    if (found) this.put(found.conversation)
  }

  async loadMore(): Promise<void> {
    if (this.next) this.#take(await listPage(this.next))
  }

  /** The conversation with its thread, from wherever it is. Rejects with the API's error. */
  async open(id: number): Promise<Conversation> {
    const known = this.#known.get(id)
    const conversation = known ?? (await this.#adopt(id))
    this.#follow(conversation)
    await conversation.open()
    return conversation
  }

  put(summary: ConversationSummary): void {
    const known = this.#known.get(summary.id)
    if (known) known.refresh(summary)
    else this.#known.set(summary.id, new Conversation(summary, this.#port))
  }

  // Frames and connection

  /** A new connection follows the newest of the own list by itself. */
  connected(): void {
    this.#followed.clear()
  }

  receive(id: number, event: OperatorEvent): void {
    const conversation = this.#known.get(id)
    if (conversation) conversation.receive(event)
    else void this.#receiveUnknown(id, event)
  }

  /** Whether a visitor is on the website. A conversation that is being fetched hears of it when it is here. */
  showPresence(id: number, present: boolean): void {
    const fetching = this.#adopting.get(id)
    if (fetching) void fetching.then((conversation) => conversation.showPresence(present)).catch(() => undefined)
    else this.#known.get(id)?.showPresence(present)
  }

  /** The first frame of each connection: whatever happened while we were away is fetched. */
  receiveHeads(heads: Heads): void {
    heads.forEach((head) => this.#followed.add(head.id))
    for (const head of heads) {
      const conversation = this.#known.get(head.id)
      if (conversation?.thread && conversation.summary.last_seq < head.last_seq) void conversation.catchUp(head.last_seq)
    }
    const behind = heads.some((head) => (this.#known.get(head.id)?.summary.last_seq ?? 0) < head.last_seq)
    if (behind || this.status !== "ready") void this.reload()
  }

  /** What was opened stays followed over a new connection: conversations of others, and those far down in the own list. */
  follow(): void {
    const opened = [...this.#known.values()].filter((it) => it.thread)
    opened.forEach((it) => this.#follow(it))
  }

  // Internal

  #follow({ id }: Conversation): void {
    if (!this.#followed.has(id) && this.#port.send({ kind: "follow", conversation: id })) this.#followed.add(id)
  }

  async #fetchList(): Promise<void> {
    try {
      const wanted = this.#known.size
      let taken = 0
      let page: ListPage = { conversations: [], next: null }
      do {
        page = await listPage(page.next)
        const behind = page.conversations.some((it) => (this.#known.get(it.id)?.summary.last_seq ?? 0) < it.last_seq)
        this.#take(page)
        taken += page.conversations.length
        // The last active ones come first: where nothing is new, nothing is new below.
        if (taken >= ALWAYS_RELOADED && !behind) break
      } while (page.next && taken < wanted)
      this.status = "ready"
    } catch (error) {
      if (this.status === "loading") this.status = "failed"
      retryLater(error, this.reload)
    }
  }

  async #fetchQueue(): Promise<void> {
    try {
      const queue = await api.get<Queue>("/conversations/queue")
      const offered = [...queue.waiting, ...queue.looking_for_help]
      offered.forEach((summary) => this.put(summary))
      this.#queued = new Set(offered.map((summary) => summary.id))
    } catch (error) {
      retryLater(error, this.reloadQueue)
    }
  }

  #take(page: ListPage): void {
    page.conversations.forEach((summary) => this.put(summary))
    this.next = page.next
  }

  /** A conversation that begins: what is fetched may hold the event already, or be a moment older. */
  async #receiveUnknown(id: number, event: OperatorEvent): Promise<void> {
    // The connection would not hear of it otherwise.
    this.#followed.add(id)
    const conversation = await this.#adopt(id).catch(() => null)
    if (!conversation) return
    if (event.seq <= conversation.summary.last_seq) this.#port.applied(conversation, event)
    else conversation.receive(event)
  }

  #adopt(id: number): Promise<Conversation> {
    const running = this.#adopting.get(id) ?? this.#fetchOne(id).finally(() => this.#adopting.delete(id))
    this.#adopting.set(id, running)
    return running
  }

  async #fetchOne(id: number): Promise<Conversation> {
    const conversation = new Conversation({ id, last_seq: 0 } as ConversationSummary, this.#port)
    await conversation.open()
    // A list may have brought it meanwhile: there is one of each, and what was applied to it stays.
    const listed = this.#known.get(id)
    if (listed) return listed
    this.#known.set(id, conversation)
    return conversation
  }
}

/** All times are written alike, so they sort as texts; comparing them by locale would take a hundred times as long. */
function byActivity(one: Conversation, other: Conversation): number {
  const [earlier, later] = [one.summary.last_active_at, other.summary.last_active_at]
  if (earlier === later) return other.id - one.id
  return earlier < later ? 1 : -1
}

function listPage(before: string | null = null): Promise<ListPage> {
  // The first page should be there soon; whoever goes on wants much.
  const page = before ? `limit=200&before=${encodeURIComponent(before)}` : "limit=50"
  return api.get<ListPage>(`/conversations?${page}`)
}
