import type { CDPSession, Frame, Page } from "playwright-core"
import { expect, story } from "../stage/story"
import type { Frontdesk } from "../stage/frontdesk"

// A hundred pages: each tab shows nine more of the website in frames.
const IDLE_TABS = 10
const FRAMES = 9

/** A bad line: every answer takes a second and a half, and then trickles. */
async function slow(page: Page): Promise<CDPSession> {
  const chromium = await page.context().newCDPSession(page)
  await chromium.send("Network.enable")
  await chromium.send("Network.emulateNetworkConditions", { offline: false, latency: 1_500, downloadThroughput: 20_000, uploadThroughput: 10_000 })
  return chromium
}

story("on a very slow network the page is not kept waiting, and what is written shows at once", { timeout: 90_000 }, async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  hannah.page.setDefaultTimeout(30_000)
  await slow(hannah.page)
  await hannah.page.goto(hannah.website, { waitUntil: "domcontentloaded" })
  expect(await hannah.page.evaluate(() => "Frontdesk" in window), "the page is there before the widget").toBe(false)
  await hannah.page.getByRole("heading", { name: "Alder Cycles" }).waitFor()
  await hannah.button.waitFor()
  await hannah.opensWidget()

  const answered = hannah.page.waitForResponse((answer) => answer.url().endsWith("/visitor/conversations"))
  let isAnswered = false
  void answered.then(() => (isAnswered = true))
  await hannah.writes("Shown before it has left")
  expect(isAnswered, "shown before the server knows").toBe(false)
  await hannah.window.getByText(hannah.texts.sending).waitFor()
  await answered
  await maren.opens("Shown before it has left")
  await maren.answers("Slow but sure")
  await hannah.sees("Slow but sure")
  await hannah.window.getByText(hannah.texts.sending).waitFor({ state: "detached" })
})

story("a closed widget holds no connection, on however many pages, and neither does an ended conversation", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  for (let tab = 0; tab < IDLE_TABS; tab += 1) {
    const other = await hannah.opensTab()
    await other.arrives()
    await other.page.evaluate((count) => document.body.append(...Array.from({ length: count }, () => Object.assign(document.createElement("iframe"), { src: "/" }))), FRAMES)
    await expect.poll(() => other.page.frames().length).toBe(FRAMES + 1)
    for (const frame of other.page.frames()) {
      await frame.locator("frontdesk-widget button[aria-expanded]").waitFor()
      expect(await fetchedFrom(frontdesk, frame)).toEqual(["/embed/1.js", "/api/v1/visitor/channels/1/decision"])
    }
  }
  await hannah.opensWidget()
  expect(await connections(frontdesk)).toBe(0)

  await hannah.writes("Now there is something to hear")
  await expect.poll(() => connections(frontdesk)).toBe(1)
  await hannah.foldsWidget()
  await maren.opens("Now there is something to hear")
  await maren.answers("Heard with the window folded")
  await expect.poll(() => hannah.page.title()).toContain("(1)")
  await maren.page.getByRole("button", { name: maren.texts["conversation.end"] }).first().click()
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["conversation.end"] }).click()
  await expect.poll(() => connections(frontdesk)).toBe(0)
})

/** What the page has fetched from Frontdesk. */
async function fetchedFrom({ url }: Frontdesk, page: Frame): Promise<string[]> {
  const addresses = await page.evaluate(() => performance.getEntriesByType("resource").map((it) => it.name))
  return addresses.filter((address) => address.startsWith(url)).map((address) => new URL(address).pathname)
}

/** Visitors' connections, as the server counts them. */
async function connections(frontdesk: Frontdesk): Promise<number> {
  const metrics = await (await fetch(`${frontdesk.url}/metrics`)).text()
  return Number(/^frontdesk_connections\{side="visitor"\} (\d+)/m.exec(metrics)?.[1])
}
