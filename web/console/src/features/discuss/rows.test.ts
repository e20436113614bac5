import type { OperatorEvent } from "@frontdesk/protocol"
import { describe, expect, it } from "vitest"
import { threadRows, type Row, type RowSource } from "./rows.ts"
import { aMessage, atMinute, maren, tomas, visitor } from "./samples.ts"

function rowsOf(source: Partial<RowSource>): Row[] {
  return threadRows({
    events: [],
    outgoing: [],
    visitorMarks: { delivered: 0, read: 0 },
    me: maren,
    newAfter: null,
    isGoing: () => false,
    ...source,
  })
}

/** "v2" is a group of two messages of the visitor. */
function outline(rows: Row[]): string {
  return rows
    .map((row) =>
      row.kind === "group"
        ? `${row.author.kind === "visitor" ? "v" : row.author.name[0]}${row.messages.length}`
        : row.kind,
    )
    .join(" ")
}

describe("the rows of a thread", () => {
  it("group what one author wrote in a row", () => {
    const events = [
      aMessage(1, visitor),
      aMessage(2, visitor),
      aMessage(3, { kind: "operator", ...maren }),
      aMessage(4, { kind: "operator", ...tomas }),
    ]
    expect(outline(rowsOf({ events }))).toBe("day v2 M1 T1")
  })

  it("begin a group after a pause and a day with its date", () => {
    const events = [
      aMessage(1, visitor),
      aMessage(2, visitor, { at: atMinute(9) }),
      aMessage(3, visitor, { at: atMinute(60 * 24) }),
    ]
    expect(outline(rowsOf({ events }))).toBe("day v1 v1 day v1")
  })

  it("draw the New line above the first message of others that was not read", () => {
    const events = [
      aMessage(1, visitor),
      aMessage(2, { kind: "operator", ...maren }),
      aMessage(3, visitor),
      aMessage(4, visitor),
    ]
    expect(outline(rowsOf({ events, newAfter: 1 }))).toBe("day v1 M1 new v2")
    expect(outline(rowsOf({ events, newAfter: 4 }))).toBe("day v1 M1 v2")
  })

  it("show how far each message of the team has come", () => {
    const own = { kind: "operator" as const, ...maren }
    const events = [aMessage(1, own), aMessage(2, own), aMessage(3, own), aMessage(4, visitor)]
    const rows = rowsOf({ events, visitorMarks: { delivered: 2, read: 1 } })
    const marks = rows.flatMap((row) => (row.kind === "group" ? row.messages.map((message) => message.mark) : []))
    expect(marks).toEqual(["read", "delivered", "sent", null])
  })

  it("tell once that somebody took what looked for help", () => {
    const joined: OperatorEvent = { seq: 2, visitor_seq: 2, at: atMinute(1), kind: "member.joined", operator: tomas }
    const set: OperatorEvent = { ...joined, seq: 3, visitor_seq: null, kind: "conversation.status_changed", status: "in_progress" }
    expect(outline(rowsOf({ events: [aMessage(1, visitor), joined, set] }))).toBe("day v1 happening")
    const later = { ...set, at: atMinute(5) }
    expect(outline(rowsOf({ events: [aMessage(1, visitor), joined, later] }))).toBe("day v1 happening happening")
  })

  it("put what is on its way last, in the group that it will belong to", () => {
    const events = [aMessage(1, { kind: "operator", ...maren })]
    const outgoing = [{ clientId: "c2", at: atMinute(2), text: "two", refused: null }]
    const rows = rowsOf({ events, outgoing })
    expect(outline(rows)).toBe("day M2")
    const arrived = rowsOf({ events: [...events, aMessage(2, { kind: "operator", ...maren })] })
    expect(keys(rows)).toEqual(keys(arrived))
  })

  it("leave out events of an unknown kind", () => {
    const events = [{ seq: 1, visitor_seq: null, at: atMinute(1), kind: "conversation.rated" } as never]
    expect(outline(rowsOf({ events }))).toBe("")
  })
})

function keys(rows: Row[]): string[] {
  return rows.flatMap((row) =>
    row.kind === "group" ? [row.key, ...row.messages.map((message) => message.key)] : [row.key],
  )
}
