import type { OperatorEvent } from "@frontdesk/protocol"
import { describe, expect, it } from "vitest"
import { fold, foldOperators, judge, unreadAfter } from "./fold.ts"
import { aMessage, aSummary, maren, tomas } from "./samples.ts"

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

  it("keeps each operator once, however often one joins", () => {
    const joined: OperatorEvent = { seq: 1, visitor_seq: 1, at: "", kind: "member.joined", operator: tomas }
    const left: OperatorEvent = { seq: 2, visitor_seq: 2, at: "", kind: "member.left", operator: tomas }
    expect(foldOperators([maren, tomas], joined)).toEqual([maren, tomas])
    expect(foldOperators([maren, tomas], left)).toEqual([maren])
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
