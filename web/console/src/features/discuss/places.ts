/** Where the rows of a long list stand, so that only those in sight are drawn. All rows are of one height. */
import type { ListGroup } from "./groups.ts"

export interface Sizes {
  /** A heading with its space below. */
  heading: number
  row: number
}

/** A group as far as it is in sight: the rows from `from` to `to`, and where they begin below the top of the list. */
export interface PlacedGroup {
  group: ListGroup
  open: boolean
  /** Of its first row. */
  top: number
  from: number
  to: number
}

/** Rows beyond the edges that are there before they are scrolled to, and for the Tab key. */
const BEYOND = 8

export function placed(
  groups: ListGroup[],
  isOpen: (group: ListGroup) => boolean,
  sizes: Sizes,
  view: { top: number; height: number },
): PlacedGroup[] {
  let top = 0
  return groups.map((group) => {
    const open = isOpen(group)
    const first = top + sizes.heading
    const count = open ? group.conversations.length : 0
    const inside = (row: number) => Math.min(Math.max(row, 0), count)
    const from = inside(Math.floor((view.top - first) / sizes.row) - BEYOND)
    const to = inside(Math.ceil((view.top + view.height - first) / sizes.row) + BEYOND)
    // An empty group says so in one row.
    top = first + (open ? Math.max(count, 1) * sizes.row : 0)
    return { group, open, top: first, from, to }
  })
}
