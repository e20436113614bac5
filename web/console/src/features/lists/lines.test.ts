import { expect, test } from "vitest"
import type { Level } from "./level.svelte.ts"
import { inSight, linesOf, topsOf } from "./lines.ts"

const BEYOND = 8

function level(rows: number, more: Partial<Level> = {}): Level {
  const ids = Array.from({ length: rows }, (_, at) => ({ id: at + 1 }))
  return { status: "ready", rows: ids, groups: [], next: null, moreGroups: false, groupings: [], ...more } as unknown as Level
}

test("of a long list only what is in sight is drawn, and a few lines beyond", () => {
  const tops = topsOf(linesOf(level(10_000), 1), () => 40)
  expect(tops.at(-1)).toBe(400_000)
  expect(inSight(tops, { top: 200_000, height: 400 })).toEqual([5000 - BEYOND, 5011 + BEYOND])
  expect(inSight(tops, { top: 0, height: 400 })).toEqual([0, 11 + BEYOND])
  expect(inSight(tops, { top: 399_600, height: 400 })).toEqual([9990 - BEYOND, 10_000])
})

test("an open group has its rows below its heading, and says what follows", () => {
  const inside = level(3, { next: "cursor" })
  const outside = level(0, { groups: [{ key: "a", level: null }, { key: "b", level: inside }] as Level["groups"] })
  const lines = linesOf(outside, 1)
  expect(lines.map((line) => line.kind)).toEqual(["group", "group", "rows", "rows", "rows", "more"])
  expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length)
})

test("cards stand beside each other", () => {
  const lines = linesOf(level(7), 3)
  expect(lines.map((line) => line.kind === "rows" && line.rows.map((row) => row.id))).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  expect(topsOf(lines, () => 100)).toEqual([0, 100, 200, 300])
})

test("a list that is empty or that could not be fetched has no rows in sight", () => {
  expect(inSight(topsOf(linesOf(level(0), 1), () => 40), { top: 0, height: 400 })).toEqual([0, 0])
  expect(linesOf(level(0, { status: "failed" }), 1).map((line) => line.kind)).toEqual(["failed"])
})
