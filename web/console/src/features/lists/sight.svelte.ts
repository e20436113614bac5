import { tick, untrack } from "svelte"
import { tellError } from "../../lib/notices.svelte.ts"
import { inSight, type Line, linesOf, type Rest, topsOf } from "./lines.ts"
import type { Level } from "./level.svelte.ts"

export interface Layout {
  level: () => Level
  heightOf: (line: Line) => number
  /** How many rows stand beside each other in this width. */
  across?: (width: number) => number
  /** So much of the top is covered by a head that stays. */
  head?: number
}

/** The part of a long list that is in sight, and the one line that the keys are at. Only lines in sight are drawn. */
export class Sight {
  #layout: Layout
  #scroller: HTMLElement | undefined
  #view = $state.raw({ top: 0, height: 0, width: 0 })
  #at: string | null = null

  constructor(layout: Layout) {
    this.#layout = layout
  }

  /** So many rows stand beside each other. */
  readonly across = $derived.by(() => this.#layout.across?.(this.#view.width) ?? 1)
  readonly lines = $derived.by(() => linesOf(this.#layout.level(), this.across))
  readonly #tops = $derived.by(() => topsOf(this.lines, this.#layout.heightOf))
  readonly #range = $derived(inSight(this.#tops, this.#view))
  readonly from = $derived(this.#range[0])
  readonly drawn = $derived(this.lines.slice(...this.#range))
  /** The room of the lines that are not drawn. */
  readonly above = $derived(this.#tops[this.#range[0]] ?? 0)
  readonly below = $derived((this.#tops.at(-1) ?? 0) - (this.#tops[this.#range[1]] ?? 0))

  /** For the element that scrolls. */
  readonly watch = (scroller: HTMLElement) => {
    this.#scroller = scroller
    const look = () => (this.#view = { top: scroller.scrollTop, height: scroller.clientHeight, width: scroller.clientWidth })
    const observer = new ResizeObserver(look)
    observer.observe(scroller)
    scroller.addEventListener("scroll", look, { passive: true })
    $effect(() => this.#loadRest())
    $effect.pre(() => this.#keepFocus())
    return () => {
      observer.disconnect()
      scroller.removeEventListener("scroll", look)
    }
  }

  /** Goes on as the key says. */
  async press(key: string): Promise<void> {
    const line = this.lines[0]
    if (!line) return
    const page = Math.max(Math.floor(this.#view.height / this.#layout.heightOf(line)) - 1, 1)
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }
    await this.step(steps[key] ?? 0)
  }

  /** Goes on by so many lines, from the one with the focus or, where none has it, from the one that had it. */
  async step(by: number): Promise<void> {
    this.#at = focusedLine(this.#scroller) ?? this.#at
    const stops = this.lines.filter((line) => line.kind === "group" || line.kind === "rows" || line.kind === "failed")
    const at = stops.findIndex((line) => line.key === this.#at)
    const next = stops[Math.min(Math.max(at + by, 0), stops.length - 1)]
    if (!next || !this.#scroller) return
    this.#at = next.key
    this.#bringIntoSight(this.#scroller, this.lines.indexOf(next))
    await tick()
    this.#scroller.querySelector<HTMLElement>(`[data-line="${CSS.escape(next.key)}"] :is([data-way], button)`)?.focus({ preventScroll: true })
  }

  #bringIntoSight(scroller: HTMLElement, at: number): void {
    const [top = 0, end = 0] = this.#tops.slice(at, at + 2)
    const lowest = end + (this.#layout.head ?? 0) - this.#view.height
    if (top < scroller.scrollTop) scroller.scrollTop = top
    else if (lowest > scroller.scrollTop) scroller.scrollTop = lowest
    this.#view = { ...this.#view, top: scroller.scrollTop }
  }

  /** The rest of a list comes when its end comes into sight. */
  #loadRest(): void {
    const rests = this.drawn.filter((line): line is Rest => line.kind === "more")
    untrack(() => rests.forEach(({ level }) => level.loadMore().catch(tellError)))
  }

  /** The line with the focus may be scrolled out of sight; the keys go on from there. */
  #keepFocus(): void {
    const focused = focusedLine(this.#scroller)
    if (!this.drawn || focused === null) return
    this.#at = focused
    void tick().then(() => {
      if (document.activeElement === document.body) this.#scroller?.focus({ preventScroll: true })
    })
  }
}

function focusedLine(scroller: HTMLElement | undefined): string | null {
  const line = document.activeElement?.closest<HTMLElement>("[data-line]")
  return line && scroller?.contains(line) ? (line.dataset.line ?? null) : null
}
