import type { ConversationSummary } from "@frontdesk/protocol"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { ConversationPort } from "./conversation.svelte.ts"
import { Inbox } from "./inbox.svelte.ts"
import { aMessage, aSummary, maren, visitor } from "./samples.ts"

/** What the server would answer now. */
let listed: ConversationSummary[]
let told: string[]
let inbox: Inbox

/** Answers with what is known at the moment of the request, as a server does, however long the answer takes. */
function answer(url: string): Promise<Response> {
  const marks = { delivered: 0, read: 0 }
  const id = /conversations\/(\d+)$/.exec(url)?.[1]
  const conversation = listed.find((it) => it.id === Number(id))
  const snapshot = {
    conversation,
    operators: [],
    visitor_marks: marks,
    own_marks: marks,
    recent: [],
    events: [],
    more: false,
  }
  return Promise.resolve(Response.json(id ? snapshot : { conversations: [...listed], next: null }))
}

beforeEach(() => {
  listed = [aSummary({ id: 1, last_seq: 3, member: true })]
  told = []
  vi.stubGlobal("fetch", answer)
  const applied: ConversationPort["applied"] = (conversation, event) => told.push(`${conversation.id}:${event.seq}`)
  inbox = new Inbox({ me: maren.id, send: () => true, isGoing: () => false, applied })
})

afterEach(() => vi.unstubAllGlobals())

function ids(): number[] {
  return inbox.list.map((conversation) => conversation.id)
}

it("fetches again when the heads know more than a list that is on its way", async () => {
  const loading = inbox.reload()
  listed.push(aSummary({ id: 2, last_seq: 2, member: true }))
  inbox.receiveHeads([
    { id: 1, last_seq: 3 },
    { id: 2, last_seq: 2 },
  ])
  await loading
  await inbox.reload()
  expect(ids()).toEqual([2, 1])
})

it("adds a conversation that begins, and tells of its message once", async () => {
  await inbox.reload()
  listed.push(aSummary({ id: 5, last_seq: 2, member: true }))
  inbox.receive(5, aMessage(2, visitor))
  await vi.waitFor(() => expect(ids()).toEqual([5, 1]))
  expect(told).toEqual(["5:2"])
})

it("knows that the visitor of a conversation that is being fetched came meanwhile", async () => {
  await inbox.reload()
  listed.push(aSummary({ id: 5, last_seq: 2, member: true }))
  inbox.receive(5, aMessage(2, visitor))
  inbox.showPresence(5, true)
  await vi.waitFor(() => expect(inbox.find(5)?.summary.visitor.present).toBe(true))
})

it("asks again by itself when the list could not be fetched", async () => {
  vi.useFakeTimers()
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")))
  await inbox.reload()
  expect(inbox.status).toBe("failed")
  vi.stubGlobal("fetch", answer)
  await vi.advanceTimersByTimeAsync(5000)
  expect(ids()).toEqual([1])
  vi.useRealTimers()
})

it("shows the last active first, and none in which the operator takes no part", async () => {
  listed = [
    aSummary({ id: 1, member: true, last_active_at: "2026-11-20T10:00:00.000Z" }),
    aSummary({ id: 2, member: true, last_active_at: "2026-11-20T11:00:00.000Z" }),
    aSummary({ id: 3, member: false, last_active_at: "2026-11-20T12:00:00.000Z" }),
  ]
  await inbox.reload()
  expect(ids()).toEqual([2, 1])
})

it("counts conversations with something new, not messages", async () => {
  listed = [
    aSummary({ id: 1, member: true, unread: 7 }),
    aSummary({ id: 2, member: true, unread: 1, ended_at: "2026-11-20T11:00:00.000Z" }),
  ]
  await inbox.reload()
  expect(inbox.unread).toBe(1)
})
