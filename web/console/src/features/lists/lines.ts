/** A list as the lines that it draws from top to bottom: rows, or groups with what is open below them. */
import type { Group, Level, Row } from "./level.svelte.ts"

export type Line =
  | { kind: "group"; key: string; level: Level; group: Group; depth: number }
  | { kind: "rows"; key: string; rows: Row[] }
  | Rest

/** What stands below the last row: it is being fetched, could not be, or goes on. */
export interface Rest {
  kind: "loading" | "failed" | "more" | "too-many-groups"
  key: string
  level: Level
}

/** `across`: so many rows stand beside each other. */
export function linesOf(level: Level, across: number, path = "", depth = 0): Line[] {
  const lines: Line[] = level.groups.flatMap((group): Line[] => {
    const key = `${path}/${group.key}`
    const heading: Line = { kind: "group", key, level, group, depth }
    return group.level ? [heading, ...linesOf(group.level, across, key, depth + 1)] : [heading]
  })
  for (let at = 0; at < level.rows.length; at += across) {
    const rows = level.rows.slice(at, at + across)
    lines.push({ kind: "rows", key: `${path}#${rows[0]?.id}`, rows })
  }
  const rest = restOf(level)
  if (rest) lines.push({ kind: rest, key: `${path}/rest`, level })
  return lines
}

function restOf(level: Level): Rest["kind"] | null {
  if (level.status !== "ready") return level.status
  if (level.next) return "more"
  return level.moreGroups ? "too-many-groups" : null
}

/** Lines beyond the edges that are there before they are scrolled to, and for the Tab key. */
const BEYOND = 8

/** The lines in sight: from the first number up to the second. `tops` says where each begins, and the last where all end. */
export function inSight(tops: number[], view: { top: number; height: number }): [from: number, to: number] {
  const count = tops.length - 1
  const first = firstBelow(tops, view.top) - 1
  const last = firstBelow(tops, view.top + view.height)
  return [Math.max(first - BEYOND, 0), Math.min(last + BEYOND, count)]
}

/** Where each line begins, and where the last one ends. */
export function topsOf(lines: Line[], heightOf: (line: Line) => number): number[] {
  let top = 0
  return [0, ...lines.map((line) => (top += heightOf(line)))]
}

/** The first that lies below a place, found by halves. */
function firstBelow(tops: number[], place: number): number {
  let [low, high] = [0, tops.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tops[middle] ?? 0) > place) high = middle
    else low = middle + 1
  }
  return low
}
