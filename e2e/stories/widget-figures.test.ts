import type { CDPSession, Page } from "playwright-core"
import { expect, story } from "../stage/story"
import { type Longest, longest } from "../stage/trace"

// A cheap phone, as seen from a desktop.
const TIMES_SLOWER = 4

interface Traffic {
  requests: number
  bytes: number
}

story("what a closed and an opened widget cost is printed", async ({ stage, frontdesk, browser }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  const chromium = await hannah.page.context().newCDPSession(hannah.page)
  const traffic = await countTraffic(chromium, frontdesk.url)
  await chromium.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER })
  const loading = await longest(browser, hannah.page, frontdesk.url, async () => {
    await hannah.arrives()
    await isQuiet(hannah.page)
  })
  print("closed widget", traffic, loading)
  expect(traffic.requests).toBe(2)
  const opening = await longest(browser, hannah.page, frontdesk.url, async () => {
    await hannah.opensWidget()
    await isQuiet(hannah.page)
  })
  print("opened widget", traffic, opening)
  expect(traffic.requests).toBe(4)
  const writing = await longest(browser, hannah.page, frontdesk.url, async () => {
    await hannah.writes("What does it cost to write?")
    await hannah.window.getByText(hannah.texts.sending).waitFor({ state: "detached" })
  })
  print("first message", traffic, writing)
})

/** Counts what comes from this origin, in bytes on the line. */
async function countTraffic(chromium: CDPSession, origin: string): Promise<Traffic> {
  const traffic = { requests: 0, bytes: 0 }
  const ours = new Set<string>()
  chromium.on("Network.responseReceived", ({ requestId, response }) => response.url.startsWith(origin) && ours.add(requestId))
  chromium.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (!ours.has(requestId)) return
    traffic.requests += 1
    traffic.bytes += encodedDataLength
  })
  await chromium.send("Network.enable")
  return traffic
}

/** The browser has nothing left to do. */
async function isQuiet(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle")
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
}

function print(what: string, { requests, bytes }: Traffic, { task, script }: Longest): void {
  console.log(`${what}: ${requests} requests, ${bytes} bytes with headers, longest main-thread task ${task.toFixed(1)} ms, ${script.toFixed(1)} ms in one script (CPU ${TIMES_SLOWER}x slower)`)
}
