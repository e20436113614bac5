import type { ConversationSummary, OperatorClientFrame, OperatorEvent, OperatorSnapshot } from "@frontdesk/protocol"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Conversation } from "./conversation.svelte.ts"
import { aMessage, aSummary, atMinute, maren, tomas, visitor } from "./samples.ts"

/** A server of one conversation, which answers as docs/protocol.md says. */
class Server {
  requests: string[] = []
  read = 0
  operators = [maren]

  constructor(readonly events: OperatorEvent[]) {}

  answer = (url: string): Promise<Response> => {
    this.requests.push(url)
    const { pathname, searchParams } = new URL(url, "http://frontdesk.test")
    const body = pathname.endsWith("/events") ? this.page(searchParams) : this.snapshot()
    return Promise.resolve(Response.json(body))
  }

  page(query: URLSearchParams) {
    const after = Number(query.get("after"))
    const limit = Number(query.get("limit"))
    const later = this.events.filter((event) => event.seq > after)
    return { events: later.slice(0, limit), more: later.length > limit }
  }

  /** What a fresh load shows, counted here without the console's own fold. */
  summary(): ConversationSummary {
    const messages = this.events.filter((event) => event.kind === "message.posted")
    const last = messages.at(-1)
    const unread = messages.filter((event) => event.author.kind === "visitor" || event.author.id !== maren.id)
    return aSummary({
      operator: this.operators[0] ?? null,
      member: this.operators.includes(maren),
      ended_at: this.events.find((event) => event.kind === "conversation.ended")?.at ?? null,
      last_active_at: this.events.at(-1)?.at,
      last_seq: this.events.length,
      last_message: last ? { seq: last.seq, text: last.text, deleted: false, author: last.author, at: last.at } : null,
      unread: unread.filter((event) => (event.visitor_seq ?? 0) > this.read).length,
    })
  }

  snapshot(): OperatorSnapshot {
    const marks = { delivered: 0, read: 0 }
    return {
      conversation: this.summary(),
      page_url: null,
      page_title: null,
      operators: this.operators,
      visitor_marks: marks,
      own_marks: { delivered: this.read, read: this.read },
      recent: [],
      events: this.events.slice(-50),
      more: this.events.length > 50,
    }
  }
}

const log: OperatorEvent[] = [
  { seq: 1, visitor_seq: 1, at: atMinute(1), kind: "conversation.opened", operator: maren, why: null },
  aMessage(2, visitor),
  aMessage(3, { kind: "operator", ...maren }),
  { seq: 4, visitor_seq: 4, at: atMinute(4), kind: "member.joined", operator: tomas },
  aMessage(5, { kind: "operator", ...tomas }),
  { seq: 6, visitor_seq: 6, at: atMinute(6), kind: "member.left", operator: tomas },
  aMessage(7, visitor),
  { seq: 8, visitor_seq: 8, at: atMinute(8), kind: "conversation.ended", by: visitor },
]

let server: Server
let sent: OperatorClientFrame[]
let told: number[]

function aConversation(summary: ConversationSummary = aSummary()): Conversation {
  const send = (frame: OperatorClientFrame) => sent.push(frame) > 0
  return new Conversation(summary, { me: maren.id, send, isGoing: () => false, applied: (_, event) => told.push(event.seq) })
}

function numbers(conversation: Conversation): number[] | undefined {
  return conversation.thread?.events.map((event) => event.seq)
}

beforeEach(() => {
  vi.useFakeTimers()
  server = new Server([...log])
  sent = []
  told = []
  vi.stubGlobal("fetch", (url: string) => server.answer(url))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe("a live conversation", () => {
  it("applied to nothing, the log gives the state of a fresh load", () => {
    const conversation = aConversation()
    log.forEach((event) => conversation.receive(event))
    expect(conversation.summary).toEqual(server.summary())
    expect(server.requests).toEqual([])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "ends in the same state whatever was lost, doubled or overtaken (%i)",
    async (seed) => {
      const conversation = aConversation()
      disturbed(log, seed).forEach((event) => conversation.receive(event))
      await conversation.catchUp(log.length)
      expect(conversation.summary).toEqual(server.summary())
      expect(told).toEqual(log.map((event) => event.seq))
    },
  )

  it("keeps the thread in step with the summary over a gap", async () => {
    server.events.splice(3)
    const conversation = aConversation()
    await conversation.open()
    server.events.push(...log.slice(3))
    conversation.receive(log[6]!)
    await conversation.catchUp(log.length)
    expect(numbers(conversation)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(conversation.summary).toEqual(server.summary())
  })

  it("asks for a gap once, from the last number that it applied", async () => {
    const conversation = aConversation()
    conversation.receive(log[0]!)
    conversation.receive(log[4]!)
    conversation.receive(log[7]!)
    await conversation.catchUp(log.length)
    expect(server.requests).toEqual(["/api/v1/operator/conversations/12/events?after=1&limit=200"])
  })

  it("does not lose what arrives while the thread is loading", async () => {
    server.events.splice(7)
    const conversation = aConversation()
    const opening = conversation.open()
    server.events.push(log[7]!)
    conversation.receive(log[7]!)
    await opening
    await conversation.catchUp(log.length)
    expect(numbers(conversation)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it("fetches an event that was acknowledged and does not follow", async () => {
    const conversation = aConversation(aSummary({ last_seq: 7 }))
    conversation.expect(8)
    await vi.advanceTimersByTimeAsync(1000)
    expect(conversation.summary.last_seq).toBe(8)
  })
})

describe("when the assigned operator leaves", () => {
  const joined: OperatorEvent = { seq: 1, visitor_seq: 1, at: atMinute(1), kind: "member.joined", operator: tomas }
  const left: OperatorEvent = { seq: 2, visitor_seq: 2, at: atMinute(2), kind: "member.left", operator: maren }

  it("one of those who stay answers", async () => {
    server = new Server([joined])
    server.operators = [maren, tomas]
    const conversation = aConversation()
    await conversation.open()
    conversation.receive(left)
    expect(conversation.summary).toMatchObject({ operator: tomas, member: false })
    expect(conversation.thread?.operators).toEqual([tomas])
  })

  it("a conversation that was never opened asks who that is", async () => {
    server = new Server([joined, left])
    server.operators = [tomas]
    const conversation = aConversation(aSummary({ last_seq: 1, operator: maren, member: true }))
    conversation.receive(left)
    await conversation.open()
    expect(conversation.summary).toMatchObject({ operator: tomas, member: false })
  })
})

describe("marks", () => {
  it("say that all on screen was read, once", async () => {
    const conversation = aConversation()
    await conversation.open()
    conversation.markRead()
    conversation.markRead()
    expect(sent).toEqual([{ kind: "mark", conversation: 12, delivered: 8, read: 8 }])
    expect(conversation.summary.unread).toBe(0)
  })

  it("of another tab only rise", async () => {
    const conversation = aConversation()
    await conversation.open()
    conversation.receiveMarks("operator", { delivered: 6, read: 6 })
    conversation.receiveMarks("operator", { delivered: 2, read: 2 })
    expect(conversation.summary.unread).toBe(1)
  })

  it("tell the visitor that a message has arrived, one frame for several", async () => {
    const conversation = aConversation()
    log.slice(0, 3).forEach((event) => conversation.receive(event))
    await vi.advanceTimersByTimeAsync(500)
    expect(sent).toEqual([{ kind: "mark", conversation: 12, delivered: 3, read: 0 }])
  })
})

/** The events as a bad network brings them: some lost, some twice, some too late. The same seed gives the same disorder. */
function disturbed(events: OperatorEvent[], seed: number): OperatorEvent[] {
  let state = seed
  const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
  const copies = events.flatMap((event) => (chance() < 0.3 ? [] : chance() < 0.4 ? [event, event] : [event]))
  return copies
    .map((event, at) => ({ event, place: at + chance() * 4 }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ event }) => event)
}
