/** How the lines of a flow are drawn. */

const RADIUS = 8

type Point = readonly [x: number, y: number]

/** Straight lines with round corners, as the path of an SVG. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ""
  const lines = rest.map((point, at) => {
    const before = points[at] as Point
    const after = rest[at + 1]
    return after ? corner(before, point, after) : `L${point.join(" ")}`
  })
  return [`M${first.join(" ")}`, ...lines].join("")
}

function corner(before: Point, at: Point, after: Point): string {
  const radius = Math.min(RADIUS, length(before, at) / 2, length(at, after) / 2)
  return `L${towards(at, before, radius)}Q${at.join(" ")} ${towards(at, after, radius)}`
}

function towards([x, y]: Point, to: Point, by: number): string {
  const share = by / (length([x, y], to) || 1)
  return `${x + (to[0] - x) * share} ${y + (to[1] - y) * share}`
}

function length(one: Point, other: Point): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1])
}
