import type { VisitorEvent } from "@frontdesk/protocol"
import { expect, test } from "vitest"
import type { Conversation } from "../window/conversation"
import { itemsOf } from "../window/items"
import { Log } from "../window/log"

const AT = "2026-01-01T10:00:00.000Z"
const said = (seq: number, author: "visitor" | "operator", client_id?: string) => ({ seq, at: AT, kind: "message.posted", author, client_id, text: `${seq}` }) as VisitorEvent
const unsent = (id: string) => ({ id, conversation: "c", at: 0, value: { text: id } })

function conversationOf(events: VisitorEvent[], waiting: string[] = [], more = false): Conversation {
  const log = new Log()
  log.replace(events, more)
  return { log, operator: { name: "Maren" }, unsent: waiting.map(unsent) } as unknown as Conversation
}

const texts = (conversation: Conversation) => itemsOf(conversation, "Welcome").map((item) => (item.kind === "message" ? item.text : item.kind))

test("the welcome comes first, what is on its way last", () => {
  expect(texts(conversationOf([said(1, "visitor", "a"), said(2, "operator")], ["b", "c"]))).toEqual(["Welcome", "1", "2", "b", "c"])
})

test("a message that has arrived is not shown a second time while its acknowledgement is on the way", () => {
  expect(texts(conversationOf([said(1, "visitor", "a")], ["a"]))).toEqual(["Welcome", "1"])
})

test("it keeps its place in the page when it arrives", () => {
  const keys = (conversation: Conversation) => itemsOf(conversation, "").map((item) => item.key)
  expect(keys(conversationOf([], ["a"]))).toEqual(keys(conversationOf([said(1, "visitor", "a")])))
})

test("there is no welcome before messages that are not loaded", () => {
  expect(texts(conversationOf([said(8, "operator")], [], true))).toEqual(["8"])
})

test("who comes and goes is noted; an unknown kind is not shown", () => {
  const unknown = { seq: 3, at: AT, kind: "conversation.painted" } as unknown as VisitorEvent
  const events: VisitorEvent[] = [{ seq: 1, at: AT, kind: "conversation.opened", operator: null }, { seq: 2, at: AT, kind: "member.joined", name: "Jo" }, unknown]
  expect(texts(conversationOf(events))).toEqual(["Welcome", "note"])
})
