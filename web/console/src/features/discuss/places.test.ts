import { describe, expect, it } from "vitest"
import type { Conversation } from "./conversation.svelte.ts"
import type { ListGroup } from "./groups.ts"
import { placed } from "./places.ts"

const SIZES = { heading: 36, row: 50 }

function aGroup(key: string, count: number): ListGroup {
  return { key, kind: "channel", name: key, conversations: Array.from({ length: count }, () => ({}) as Conversation) }
}

describe("the rows of a long list", () => {
  it("are those in sight and a few beyond, whatever its length", () => {
    const [group] = placed([aGroup("one", 10_000)], () => true, SIZES, { top: 250_036, height: 500 })
    expect([group?.from, group?.to]).toEqual([5000 - 8, 5010 + 8])
  })

  it("begin at the beginning and end at the end", () => {
    const groups = [aGroup("one", 3), aGroup("two", 4)]
    const [one, two] = placed(groups, () => true, SIZES, { top: 0, height: 1000 })
    expect([one?.from, one?.to, one?.top]).toEqual([0, 3, 36])
    expect([two?.from, two?.to, two?.top]).toEqual([0, 4, 36 + 150 + 36])
  })

  it("are none in a folded group, and an empty one has the room of a row", () => {
    const groups = [aGroup("folded", 5), aGroup("empty", 0), aGroup("last", 1)]
    const [folded, empty, last] = placed(groups, (it) => it.key !== "folded", SIZES, { top: 0, height: 1000 })
    expect([folded?.from, folded?.to]).toEqual([0, 0])
    expect(empty?.top).toBe(36 + 36)
    expect(last?.top).toBe(36 + 36 + 50 + 36)
  })
})
