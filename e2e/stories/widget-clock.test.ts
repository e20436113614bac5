import type { Page } from "playwright-core"
import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { told } from "../stage/told"
import { expect } from "../stage/story"
import { LINE_FAULTS, wiredStory } from "../stage/wire"

const YEAR = 365 * 24 * 60 * 60 * 1000

declare global {
  /** How far the clock of the page is off. */
  var offBy: number
}

/** Timers go on as they are; only what time it is, is wrong. */
async function putClock(page: Page, off: number): Promise<void> {
  await page.addInitScript((start) => {
    globalThis.offBy = start
    const Right = Date
    globalThis.Date = class extends Right {
      constructor(...values: [number]) {
        super(...(values.length ? values : ([Right.now() + offBy] as [number])))
      }
      static override now(): number {
        return Right.now() + offBy
      }
    } as DateConstructor
  }, off)
}

for (const [name, off] of [["five years fast", 5 * YEAR], ["five years slow", -5 * YEAR]] as const) {
  wiredStory(`a clock that is ${name} changes neither order nor sending`, async ({ stage, wire }) => {
    const maren = await stage.operator()
    const hannah = await stage.visitor({ server: wire.url })
    hannah.watch.allow(...LINE_FAULTS)
    await putClock(hannah.page, off)
    await hannah.arrives()
    await hannah.opensWidget()
    await hannah.writes("What time is it?")
    await maren.opens("What time is it?")
    await maren.answers("Past ten")
    await hannah.sees("Past ten")
    await hannah.writes("Thanks a lot")
    wire.cut()
    await hannah.writes("Written without a line")
    // Somebody puts it right, or wrong, while a message waits.
    await hannah.page.evaluate((shift) => void (offBy += shift), -Math.sign(off) * 60_000)
    await hannah.writes("Written after the clock was put")
    wire.mend()
    await maren.sees("Written after the clock was put")
    const texts = ["What time is it?", "Past ten", "Thanks a lot", "Written without a line", "Written after the clock was put"]
    for (const person of [maren, hannah]) await expect.poll(() => told(person, texts)).toEqual(texts)
  })
}

wiredStory("what was written more than seven days ago is shown, and sent only when asked", async ({ stage, wire }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor({ server: wire.url })
  hannah.watch.allow(...LINE_FAULTS)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  wire.cut()
  await hannah.writes("Are you open tomorrow?")
  await hannah.page.close()
  wire.mend()

  const back = await hannah.opensTab()
  await putClock(back.page, 8 * 24 * 60 * 60 * 1000)
  await back.arrives()
  await back.opensWidget()
  await back.window.getByText(back.texts["extras.expired"]).waitFor()
  expect(await findings(back.page)).toEqual([])
  await screenshot(back.page, "widget-expired")
  await back.writes("Are you open today?")
  await maren.sees("Are you open today?")
  expect(await told(maren, ["Are you open tomorrow?"])).toEqual([])
  await back.window.getByRole("button", { name: back.texts["extras.retry"] }).click()
  await maren.sees("Are you open tomorrow?")
})
