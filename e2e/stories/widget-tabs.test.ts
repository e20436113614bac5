import type { Page } from "playwright-core"
import { told } from "../stage/told"
import { expect } from "../stage/story"
import { LINE_FAULTS, wiredStory } from "../stage/wire"

/** The client ids of the messages that a tab sends over its socket, also those of sockets to come. */
function sentBy(page: Page): string[] {
  const sent: string[] = []
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const frame = JSON.parse(String(payload)) as { kind: string; client_id?: string }
      if (frame.kind === "send") sent.push(frame.client_id!)
    }),
  )
  return sent
}

// Plain http pages have no Web Locks; then a lease in storage takes turns.
for (const turns of ["locks", "a lease"]) {
  wiredStory(`two tabs show one conversation in step, and send what waits once: ${turns}`, async ({ stage, wire }) => {
    const maren = await stage.operator()
    const first = await stage.visitor({ server: wire.url })
    first.watch.allow(...LINE_FAULTS)
    if (turns === "a lease") {
      await first.page.context().addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }))
    }
    const second = await first.opensTab()
    const sent = [sentBy(first.page), sentBy(second.page)]
    await first.arrives()
    await second.arrives("/about")
    await first.opensWidget()
    await first.writes("Written in the first tab")
    await second.opensWidget()
    await second.sees("Written in the first tab")
    await second.writes("Written in the second tab")
    await first.sees("Written in the second tab")
    await maren.opens("Written in the second tab")
    await maren.answers("Answered once")
    for (const tab of [first, second]) await tab.sees("Answered once")

    wire.cut()
    // What is written into a line that is not known to be dead goes twice, and rightly so.
    for (const tab of [first, second]) await tab.window.getByText(tab.texts.offline).waitFor()
    const waiting = ["Waiting one", "Waiting two", "Waiting three", "Waiting four"]
    for (const [index, text] of waiting.entries()) await [first, second][index % 2]!.writes(text)
    for (const tab of [first, second]) await tab.sees("Waiting four")
    wire.mend()
    for (const person of [maren, first, second]) {
      await person.sees("Waiting four")
      await expect.poll(() => told(person, waiting), { timeout: 10_000 }).toEqual(waiting)
    }
    await expect.poll(() => first.window.getByText(first.texts.waiting).count()).toBe(0)
    const ids = sent.flat()
    if (turns === "locks") expect(new Set(ids).size, "nothing went twice").toBe(ids.length)
  })
}

wiredStory("what is ended, begun and read in one tab is so in the other", async ({ stage, wire }) => {
  const maren = await stage.operator()
  const first = await stage.visitor({ server: wire.url })
  await first.arrives()
  await first.opensWidget()
  await first.writes("A short question")
  const second = await first.opensTab()
  await second.arrives("/about")
  await maren.opens("A short question")
  await maren.answers("A short answer")
  await first.page.bringToFront()
  await first.sees("A short answer")
  // Read in the first tab.
  await expect.poll(() => second.button.getAttribute("aria-label")).not.toContain("1")

  await second.opensWidget()
  await second.window.getByRole("button", { name: second.texts.end, exact: true }).click()
  await second.window.getByText(second.texts["extras.end_title"]).waitFor()
  await second.window.getByRole("button", { name: second.texts.end, exact: true }).last().click()
  for (const tab of [first, second]) await tab.window.getByText(tab.texts["extras.ended"]).waitFor()
  await first.window.getByRole("button", { name: first.texts["extras.start_new"] }).click()
  await first.writes("Another question")
  await second.sees("Another question")
  await maren.opens("Another question")
})
