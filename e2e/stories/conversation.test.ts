import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"

// What a browser says when the server is away for a moment.
const SERVER_AWAY = [/ERR_CONNECTION_REFUSED/, /WebSocket connection to .* failed/, /ERR_EMPTY_RESPONSE/, /ERR_CONNECTION_RESET/, /ERR_INCOMPLETE_CHUNKED_ENCODING/]

story("a visitor writes and an operator answers, both live", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await screenshot(hannah.page, "widget-button")
  await hannah.opensWidget()
  await screenshot(hannah.page, "widget-welcome")
  await hannah.writes("Is the Alder Tour in stock?")

  await maren.opens("Is the Alder Tour in stock?")
  await maren.sees("Is the Alder Tour in stock?")
  await maren.answers("Yes, in all sizes.")
  await hannah.sees("Yes, in all sizes.")
  await hannah.writes("Wonderful <b>thanks</b> 👩‍🔧")
  await maren.sees("Wonderful <b>thanks</b> 👩‍🔧")
  await screenshot(hannah.page, "widget-conversation")
  await screenshot(maren.page, "console-conversation")
})

story("each sees that the other is typing and has read", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  await hannah.window.getByText(hannah.texts.read).last().waitFor()
  await maren.types("One moment")
  await hannah.window.getByText(hannah.texts.typing.replace("{name}", "Maren Kaya")).waitFor()
  await screenshot(hannah.page, "widget-typing")
  await hannah.types("Sure")
  await maren.page.getByText(maren.texts["list.typing"]).first().waitFor()
  await screenshot(maren.page, "console-typing")
})

story("a reload on both sides keeps the conversation", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Before the reload")
  await maren.opens("Before the reload")
  await maren.answers("Noted before the reload")
  await hannah.sees("Noted before the reload")

  await hannah.page.reload()
  await maren.page.reload()
  await hannah.sees("Noted before the reload")
  await maren.sees("Before the reload")
  await hannah.writes("After the reload")
  await maren.sees("After the reload")
  await maren.answers("Noted after the reload")
  await hannah.sees("Noted after the reload")
})

story("what is written while the server is away arrives once it is back", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  for (const person of [maren, hannah]) person.watch.allow(...SERVER_AWAY)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Before")
  await maren.opens("Before")
  await hannah.types("While the server")
  await maren.types("While it")

  await frontdesk.kill()
  await hannah.types(" is away")
  await hannah.field.press("Enter")
  await maren.types(" is away")
  await maren.field.press("Enter")
  await hannah.window.getByText(hannah.texts.waiting).first().waitFor()
  await screenshot(hannah.page, "widget-offline")
  await maren.page.getByText(maren.texts["connection.lost"]).waitFor()
  await screenshot(maren.page, "console-offline")
  await frontdesk.startAgain()

  await maren.sees("While the server is away")
  await hannah.sees("While it is away")
  for (const person of [maren, hannah]) {
    expect(await person.said("While the server is away").count()).toBe(1)
    expect(await person.said("While it is away").count()).toBe(1)
  }
})

story("a server that is restarted in order interrupts nobody", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  for (const person of [maren, hannah]) person.watch.allow(...SERVER_AWAY)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Before")
  await maren.opens("Before")
  await hannah.types("Half a")
  await maren.types("Half an")

  await frontdesk.stop()
  await frontdesk.startAgain()

  await hannah.types(" sentence")
  await hannah.field.press("Enter")
  await maren.sees("Half a sentence")
  await maren.types(" answer")
  await maren.field.press("Enter")
  await hannah.sees("Half an answer")
})

story("nobody is there: the button and the window say so, and nothing is created", async ({ stage }) => {
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.button.and(hannah.page.getByLabel(hannah.texts.away)).waitFor()
  await screenshot(hannah.page, "widget-away")
  await hannah.button.click()
  await hannah.window.getByText(hannah.texts["extras.leave_title"]).waitFor()
  expect(await hannah.page.evaluate(() => Object.keys(localStorage))).toEqual([])
})

story("an operator ends the conversation, and the visitor may start another", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("First question")
  await maren.opens("First question")
  await maren.page.getByRole("button", { name: maren.texts["conversation.end"] }).first().click()
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["conversation.end"] }).click()
  await hannah.window.getByText(hannah.texts["extras.ended"]).waitFor()
  await screenshot(hannah.page, "widget-ended")
  await screenshot(maren.page, "console-ended")
  await hannah.window.getByRole("button", { name: hannah.texts["extras.start_new"] }).click()
  await hannah.writes("Second question")
  await maren.opens("Second question")
})
