import { Frontdesk } from "../stage/frontdesk"
import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"
import { VisitorScript } from "../stage/visitor-script"

const CONVERSATIONS = 10_000
const MESSAGES = 1_000

const longStory = story.extend<{ frontdesk: Frontdesk }>({
  // oxlint-disable-next-line no-empty-pattern
  frontdesk: async ({}, use) => {
    const frontdesk = await Frontdesk.start("--limits", "off")
    await use(frontdesk)
    await frontdesk.remove()
  },
})

longStory("of 10,000 open conversations those in sight are drawn, and all of them are live", { timeout: 180_000 }, async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = VisitorScript.newcomer(frontdesk.url)
  await hannah.begins("The first of all")
  await maren.page.goto("about:blank")
  await frontdesk.fills(CONVERSATIONS - 1)
  await maren.opensConsole()
  await maren.list.getByRole("link").first().waitFor()

  // A connection follows the newest by itself; this one is the oldest, and comes alive when its visitor writes.
  const began = performance.now()
  await hannah.says(1, () => "Is anybody there?")
  await maren.list.getByText("Is anybody there?").waitFor()
  console.log(`a message in the oldest is listed ${Math.round(performance.now() - began)} ms after it was sent`)
  await maren.opens("Is anybody there?")
  await maren.answers("Of course.")

  const last = async () => {
    await maren.list.evaluate((list) => (list.scrollTop = list.scrollHeight))
    return maren.list.evaluate((list) => Math.round(list.scrollHeight / 57))
  }
  await expect.poll(last, { timeout: 120_000, interval: 50 }).toBeGreaterThanOrEqual(CONVERSATIONS)
  const links = await maren.list.getByRole("link").count()
  console.log(`${CONVERSATIONS} conversations: ${links} rows drawn, ${await maren.page.evaluate(() => document.querySelectorAll("*").length)} elements`)
  expect(links).toBeLessThan(60)
  await screenshot(maren.page, "long-list")

  // One far down is followed as soon as it is opened: what somebody else does there is seen.
  await maren.list.getByRole("link").last().click()
  await maren.messages.waitFor()
  const other = await maren.opensTab()
  await other.page.goto(maren.page.url())
  await other.answers("From another tab")
  await maren.sees("From another tab")
})

longStory("a thread of 1,000 messages is drawn at once", { timeout: 120_000 }, async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const [hannah, omar] = [await stage.visitor(), await stage.visitor()]
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("The first of many")
  await omar.arrives()
  await omar.opensWidget()
  await omar.writes("The only one")
  const script = await VisitorScript.of(hannah.page, frontdesk.url)
  await maren.opens("The only one")
  await script.says(MESSAGES, (index) => `Message ${index} of many`)
  await maren.page.reload()
  await maren.messages.waitFor()

  console.log(`${MESSAGES} messages, newest page: ${await timeToOpen("of many")} ms from the click to the drawn thread`)
  await expect
    .poll(async () => {
      await maren.messages.evaluate((log) => (log.scrollTop = 0))
      return maren.messages.getByText("The first of many").count()
    }, { timeout: 30_000, interval: 20 })
    .toBe(1)
  expect(await maren.messages.getByText("of many").count()).toBe(MESSAGES + 1)
  await maren.opens("The only one")
  await maren.sees("The only one")
  console.log(`${MESSAGES} messages, all of them: ${await timeToOpen("of many")} ms from the click to the drawn thread`)

  /** Measured in the page, from the click to the frame that shows the newest message. */
  async function timeToOpen(text: string): Promise<number> {
    return maren.list.getByRole("link").filter({ hasText: text }).evaluate(async (row: HTMLElement) => {
      const began = performance.now()
      row.click()
      const drawn = () => document.querySelector("[role=log]")?.textContent.includes("of many")
      while (!drawn()) await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      return Math.round(performance.now() - began)
    })
  }
})
