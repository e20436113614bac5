import type { Stage } from "../stage/story"
import { told } from "../stage/told"
import { expect } from "../stage/story"
import { screenshot } from "../stage/screenshot"
import { LINE_FAULTS, type Wire, wiredStory } from "../stage/wire"

/** Both in one conversation; the visitor reaches the server through the wire. */
async function talking(stage: Stage, wire: Wire, operatorsServer?: string) {
  const maren = await stage.operator({ server: operatorsServer })
  const hannah = await stage.visitor({ server: wire.url })
  for (const person of [maren, hannah]) person.watch.allow(...LINE_FAULTS)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  await maren.answers("Good morning")
  await hannah.sees("Good morning")
  return { maren, hannah }
}

wiredStory("what both sides write while the line is cut arrives once and in order", async ({ stage, wire }) => {
  const { maren, hannah } = await talking(stage, wire, wire.url)
  wire.cut()
  const questions = ["My first question", "My second question", "My third question"]
  const answers = ["An answer on the way", "Another answer on the way"]
  for (const question of questions) await hannah.writes(question)
  for (const answer of answers) await maren.answers(answer)
  await hannah.window.getByText(hannah.texts.waiting).last().waitFor()
  await hannah.window.getByText(hannah.texts.offline).waitFor()
  await hannah.window.getByText(hannah.texts.queued).waitFor()
  await screenshot(hannah.page, "widget-queued")
  wire.mend()

  for (const person of [maren, hannah]) {
    for (const text of [...questions, ...answers]) await person.sees(text)
    await expect.poll(() => told(person, questions)).toEqual(questions)
    await expect.poll(() => told(person, answers)).toEqual(answers)
  }
  await hannah.window.getByText(hannah.texts.waiting).first().waitFor({ state: "detached" })
  await hannah.window.getByText(hannah.texts.offline).waitFor({ state: "hidden" })
})

wiredStory("a visitor whose device is offline is told so, and the message goes once it is back", async ({ stage, wire }) => {
  const { maren, hannah } = await talking(stage, wire)
  await hannah.page.context().setOffline(true)
  wire.cut()
  await hannah.writes("Written in the tunnel")
  await hannah.window.getByText(hannah.texts.waiting).waitFor()
  wire.mend()
  await hannah.page.context().setOffline(false)
  await maren.sees("Written in the tunnel")
  await hannah.window.getByText(hannah.texts.waiting).waitFor({ state: "detached" })
})

wiredStory("a message whose acknowledgement died with the server is there once", async ({ stage, wire, frontdesk }) => {
  const { maren, hannah } = await talking(stage, wire)
  wire.holdAnswers()
  await hannah.writes("Did you get this?")
  await maren.sees("Did you get this?")
  await hannah.window.getByText(hannah.texts.sending).waitFor()
  await frontdesk.kill()
  wire.mend()
  await frontdesk.startAgain()

  await hannah.window.getByText(hannah.texts.sending).waitFor({ state: "detached" })
  await hannah.writes("And this?")
  await maren.sees("And this?")
  for (const person of [maren, hannah]) {
    await expect.poll(() => told(person, ["Did you get this?", "And this?"])).toEqual(["Did you get this?", "And this?"])
  }
})

wiredStory("a start whose answer died with the server makes one conversation", async ({ stage, wire, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor({ server: wire.url })
  for (const person of [maren, hannah]) person.watch.allow(...LINE_FAULTS)
  await hannah.arrives()
  await hannah.opensWidget()
  wire.holdAnswersFrom(/^POST \S+\/conversations /)
  await hannah.writes("Is anybody there?")
  await maren.opens("Is anybody there?")
  await frontdesk.kill()
  wire.mend()
  await frontdesk.startAgain()

  await hannah.writes("Hello again")
  await maren.sees("Hello again")
  expect(await maren.list.getByRole("link").filter({ hasText: "Hello again" }).count()).toBe(1)
  expect(await told(maren, ["Is anybody there?", "Hello again"])).toEqual(["Is anybody there?", "Hello again"])
})

wiredStory("a tab closed with an unsent message sends it when the visitor comes back", async ({ stage, wire }) => {
  const { maren, hannah } = await talking(stage, wire)
  wire.cut()
  await hannah.writes("One more thing")
  await hannah.window.getByText(hannah.texts.waiting).waitFor()
  await hannah.page.close()
  wire.mend()

  const back = await hannah.opensTab()
  await back.arrives("/about")
  await maren.sees("One more thing")
  await back.opensWidget()
  await back.sees("One more thing")
  expect(await told(maren, ["One more thing"])).toHaveLength(1)
})

wiredStory("a first message that never left starts the conversation when the visitor comes back", async ({ stage, wire }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor({ server: wire.url })
  hannah.watch.allow(...LINE_FAULTS)
  await hannah.arrives()
  await hannah.opensWidget()
  wire.cut()
  await hannah.writes("Can I still write?")
  await hannah.window.getByText(hannah.texts.waiting).waitFor()
  await hannah.page.close()
  wire.mend()

  await (await hannah.opensTab()).arrives()
  await maren.opens("Can I still write?")
  expect(await told(maren, ["Can I still write?"])).toHaveLength(1)
})

wiredStory("a window that cannot be fetched opens at the next press", async ({ stage, wire }) => {
  await stage.operator()
  const hannah = await stage.visitor({ server: wire.url })
  hannah.watch.allow(...LINE_FAULTS)
  await hannah.arrives()
  wire.cut()
  await hannah.button.click()
  await expect.poll(() => hannah.button.getAttribute("aria-expanded")).toBe("false")
  wire.mend()
  await hannah.opensWidget()
})

wiredStory("a tab that crashes loses neither an unsent message nor the draft", async ({ stage, wire }) => {
  const { maren, hannah } = await talking(stage, wire)
  hannah.watch.allow(/^crash/)
  wire.cut()
  await hannah.writes("Sent before the crash")
  await hannah.types("Half a sent")
  const crashed = hannah.page.waitForEvent("crash")
  await hannah.page.goto("chrome://crash").catch(() => {})
  await crashed
  wire.mend()

  const back = await hannah.opensTab()
  await back.arrives()
  await maren.sees("Sent before the crash")
  await back.opensWidget()
  await back.sees("Sent before the crash")
  expect(await back.field.inputValue()).toBe("Half a sent")
})
