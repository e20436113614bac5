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

/** Milliseconds of the longest task of the page's main thread while `work` went on in which a script of `origin` had a part. */
export async function longestTask(browser: Browser, page: Page, origin: string, work: () => Promise<void>): Promise<number> {
  const categories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8.execute"]
  await browser.startTracing(page, { categories })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Recorded[] }
  const parts = traceEvents.filter((it) => it.dur && it.args?.data?.url?.startsWith(origin))
  const threads = new Set(parts.map(threadOf))
  const tasks = traceEvents.filter((it) => it.name.endsWith("RunTask") && it.dur && threads.has(threadOf(it)))
  const ours = tasks.filter((task) => parts.some((part) => threadOf(part) === threadOf(task) && part.ts >= task.ts && part.ts <= task.ts + task.dur!))
  return Math.max(0, ...ours.map((task) => (task.tdur ?? task.dur!) / 1_000))
}

function threadOf({ pid, tid }: Recorded): string {
  return `${pid}.${tid}`
}
