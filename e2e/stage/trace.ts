import type { Browser, Page } from "playwright-core"

interface Recorded {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Time on the processor: what other programs took is not in it. */
  tdur?: number
  args?: { name?: string; data?: { url?: string } }
}

/** Milliseconds on the processor. */
export interface Longest {
  /** The longest task of the page's main thread in which a script of ours had a part, with its layout and painting. */
  task: number
  /** The longest stretch of our scripts alone. */
  script: number
}

/** What scripts of `origin` cost the page's main thread while `work` goes on. */
export async function longest(browser: Browser, page: Page, origin: string, work: () => Promise<void>): Promise<Longest> {
  const categories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8.execute"]
  await browser.startTracing(page, { categories })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Recorded[] }
  const parts = traceEvents.filter((it) => it.dur && it.args?.data?.url?.startsWith(origin))
  const tasks = traceEvents.filter((it) => it.name === "RunTask" && parts.some((part) => isWithin(part, it)))
  return { task: longestOf(tasks), script: longestOf(parts.filter((part) => tasks.some((task) => isWithin(part, task)))) }
}

function isWithin(part: Recorded, task: Recorded): boolean {
  return part.pid === task.pid && part.tid === task.tid && part.ts >= task.ts && part.ts <= task.ts + (task.dur ?? 0)
}

function longestOf(recorded: Recorded[]): number {
  return Math.max(0, ...recorded.map((it) => (it.tdur ?? it.dur ?? 0) / 1_000))
}
