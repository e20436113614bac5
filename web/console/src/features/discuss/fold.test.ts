import type { OperatorEvent } from "@frontdesk/protocol"
import { describe, expect, it } from "vitest"
import { fold, foldOperators, judge, revised, unreadAfter } from "./fold.ts"
import { aMessage, aSummary, atMinute, maren, tomas, visitor } from "./samples.ts"

describe("the rule of the log", () => {
  it("applies the next number, drops what is known and sees a gap", () => {
    expect(judge(4, 5)).toBe("next")
    expect(judge(4, 4)).toBe("known")
    expect(judge(4, 1)).toBe("known")
    expect(judge(4, 6)).toBe("gap")
  })
})

describe("folding an event", () => {
  it("moves the cursor also for a kind that is not known here", () => {
    const event = { seq: 3, visitor_seq: null, at: "2026-11-20T10:00:00.000Z", kind: "conversation.rated" }
    const folded = fold(aSummary({ last_seq: 2, unread: 1 }), event as unknown as OperatorEvent, maren.id)
    expect(folded).toMatchObject({ last_seq: 3, unread: 1 })
  })

  it("counts messages of others, up to a hundred", () => {
    const full = aSummary({ last_seq: 1, unread: 100 })
    expect(fold(full, aMessage(2, { kind: "visitor" }), maren.id).unread).toBe(100)
    expect(fold(aSummary({ last_seq: 1 }), aMessage(2, { kind: "operator", ...tomas }), maren.id).unread).toBe(1)
    expect(fold(aSummary({ last_seq: 1 }), aMessage(2, { kind: "operator", ...maren }), maren.id).unread).toBe(0)
  })

  it("puts a conversation into the hands of the chatbot that greets, until an operator comes", () => {
    const chatbot = { id: 1, name: "Welcome Bot" }
    const opened: OperatorEvent = { seq: 1, visitor_seq: 1, at: atMinute(1), kind: "conversation.opened", operator: null, why: null }
    const greeted = fold(fold(aSummary(), opened, maren.id), aMessage(2, { kind: "chatbot", ...chatbot }), maren.id)
    expect(greeted).toMatchObject({ chatbot, waiting_since: null, left_message: false, unread: 0 })
    const joined: OperatorEvent = { seq: 3, visitor_seq: 3, at: "", kind: "member.joined", operator: tomas, forwarded_by: "Welcome Bot" }
    expect(fold(greeted, joined, maren.id)).toMatchObject({ chatbot: null, operator: tomas })
  })

  it("keeps each operator once, however often one joins", () => {
    const joined: OperatorEvent = { seq: 1, visitor_seq: 1, at: "", kind: "member.joined", operator: tomas }
    const left: OperatorEvent = { seq: 2, visitor_seq: 2, at: "", kind: "member.left", operator: tomas }
    expect(foldOperators([maren, tomas], joined)).toEqual([maren, tomas])
    expect(foldOperators([maren, tomas], left)).toEqual([maren])
  })
})

describe("a revision", () => {
  const edited: OperatorEvent = { seq: 3, visitor_seq: 3, at: "", kind: "message.edited", message: 1, text: "anew" }
  const deleted: OperatorEvent = { seq: 4, visitor_seq: 4, at: "", kind: "message.deleted", message: 1 }
  const events = [aMessage(1, { kind: "operator", ...maren }), aMessage(2, { kind: "visitor" })]

  it("changes the message that it names, and nothing brings a deleted one back", () => {
    expect(revised(events, edited)).toEqual([{ ...events[0], text: "anew", edited: true }, events[1]])
    const gone = revised(events, deleted)
    expect(gone[0]).toMatchObject({ text: "", deleted: true })
    expect(revised(gone, edited)).toEqual(gone)
  })

  it("shows in the list where it is the last message", () => {
    const last = fold(aSummary(), events[0]!, maren.id)
    expect(fold(last, edited, maren.id).last_message?.text).toBe("anew")
    expect(fold(last, deleted, maren.id).last_message).toMatchObject({ text: "", deleted: true })
    const later = fold(last, events[1]!, maren.id)
    expect(fold(later, edited, maren.id).last_message).toEqual(later.last_message)
  })
})

describe("unread messages", () => {
  it("are those of others beyond the read mark", () => {
    const events = [
      aMessage(1, { kind: "visitor" }),
      aMessage(2, { kind: "operator", ...maren }),
      aMessage(3, { kind: "visitor" }),
    ]
    expect(unreadAfter(events, 0, maren.id)).toBe(2)
    expect(unreadAfter(events, 1, maren.id)).toBe(1)
    expect(unreadAfter(events, 3, maren.id)).toBe(0)
  })
})

describe("where a conversation stands", () => {
  it("waits until somebody comes, and is then where the team says", () => {
    const opened: OperatorEvent = { seq: 1, visitor_seq: 1, at: atMinute(1), kind: "conversation.opened", operator: null, why: null }
    const left = fold(aSummary(), opened, maren.id)
    expect(left).toMatchObject({ operator: null, waiting_since: atMinute(1), left_message: true })
    const joined: OperatorEvent = { seq: 2, visitor_seq: 2, at: atMinute(2), kind: "member.joined", operator: maren }
    const answered = fold(left, joined, maren.id)
    expect(answered).toMatchObject({ operator: maren, waiting_since: null, left_message: false, member: true })

    const status: OperatorEvent = {
      seq: 3,
      visitor_seq: null,
      at: atMinute(3),
      kind: "conversation.status_changed",
      status: "waiting_for_customer",
      operator: maren,
    }
    const waiting = fold(answered, status, maren.id)
    expect(waiting.status).toBe("waiting_for_customer")
    expect(fold(waiting, aMessage(4, { kind: "operator", ...maren }), maren.id).status).toBe("waiting_for_customer")
    expect(fold(waiting, aMessage(4, visitor), maren.id).status).toBe("in_progress")
  })
})
