import { Frontdesk } from "../stage/frontdesk"
import { expect, story } from "../stage/story"
import type { Visitor } from "../stage/visitor"
import { longest } from "../stage/trace"
import { VisitorScript } from "../stage/visitor-script"

const MESSAGES = 5_000
// The newest page of events, the welcome, and what has come since.
const ONE_PAGE = 60
// What is kept for somebody who reads at the end, with the welcome and what is on its way.
const AT_THE_END = 160

const longStory = story.extend<{ frontdesk: Frontdesk }>({
  // oxlint-disable-next-line no-empty-pattern
  frontdesk: async ({}, use) => {
    const frontdesk = await Frontdesk.start("--limits", "off")
    await use(frontdesk)
    await frontdesk.remove()
  },
})

longStory("a conversation of 5,000 messages opens with its newest page, and older ones come on scrolling up", { timeout: 120_000 }, async ({ stage, frontdesk, browser }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("The very first message")
  await maren.opens("The very first message")
  const script = await VisitorScript.of(hannah.page, frontdesk.url)
  await hannah.page.goto("about:blank")
  await maren.page.goto("about:blank")
  await script.says(MESSAGES, (index) => `Message ${index} of a long conversation`)

  await hannah.page.goto(hannah.website)
  const began = performance.now()
  await hannah.messages.getByText("of a long conversation").first().waitFor()
  console.log(`shown again with ${MESSAGES} messages: ${Math.round(performance.now() - began)} ms after the page`)
  await hannah.foldsWidget()
  console.log(`opened with ${MESSAGES} messages: ${await timeToOpen(hannah)} ms`)
  const rows = hannah.messages.locator("> *")
  const count = await rows.count()
  expect(count).toBeLessThanOrEqual(ONE_PAGE)

  await hannah.messages.locator("..").evaluate((scroller) => (scroller.scrollTop = 0))
  await expect.poll(() => rows.count()).toBeGreaterThan(count + 50)
  const place = await hannah.messages.locator("..").evaluate((scroller) => scroller.scrollTop)
  expect(place, "what was being read stays in its place").toBeGreaterThan(1_000)

  await expect.poll(() => readsUpwards(hannah), { timeout: 30_000, interval: 20 }).toBeGreaterThan(600)
  const writing = async (text: string) => {
    const many = await rows.count()
    const cost = await longest(browser, hannah.page, frontdesk.url, () => hannah.writes(text))
    console.log(`written below ${many} rows: longest main-thread task ${cost.task.toFixed(1)} ms, ${cost.script.toFixed(1)} ms in one script`)
  }
  await writing("Written while far above the end")
  // Who writes is at the end again, and rows that nobody looks at leave the page, to come back on scrolling up.
  await expect.poll(() => rows.count()).toBeLessThanOrEqual(AT_THE_END)
  await expect(hannah.said("Written while far above the end").evaluate(isInSight)).resolves.toBe(true)
  await expect.poll(() => readsUpwards(hannah), { timeout: 30_000, interval: 20 }).toBeGreaterThan(AT_THE_END + 50)
  await writing("And the very last one")
  await maren.opensConsole()
  await maren.opens("And the very last one")
  expect(await maren.messages.getByText("of a long conversation").count()).toBeLessThan(200)
})

function isInSight(it: Element): boolean {
  const { top, bottom } = it.closest("[role=log]")!.parentElement!.getBoundingClientRect()
  const own = it.getBoundingClientRect()
  return own.top >= top && own.bottom <= bottom
}

/** One step further up; how many messages are on the page now. */
async function readsUpwards({ messages }: Visitor): Promise<number> {
  await messages.locator("..").evaluate((scroller) => (scroller.scrollTop = 0))
  return messages.locator("> *").count()
}

/** Milliseconds from the press to the frame that shows the window. */
async function timeToOpen({ button, page }: Visitor): Promise<number> {
  const began = await button.evaluate((it) => {
    const now = performance.now()
    ;(it as HTMLElement).click()
    return now
  })
  return page.evaluate(
    (from) => new Promise<number>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(Math.round(performance.now() - from))))),
    began,
  )
}
