import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

story("where everybody has enough to do a visitor waits, and is taken by hand or in turn", async ({ stage }) => {
  const maren = await stage.operator()
  await maren.setsChannel({ max_sessions: 1 })
  const [hannah, karim, lucia] = [await stage.visitor(), await stage.visitor(), await stage.visitor()]
  for (const [visitor, text] of [
    [hannah, "The battery switches off"],
    [karim, "Do you ship to Oslo?"],
    [lucia, "Is my bike ready?"],
  ] as const) {
    await visitor.arrives()
    await visitor.opensWidget()
    await visitor.writes(text)
  }
  const waiting = maren.below(maren.texts["list.waiting"])
  await expect.poll(() => waiting.count(), { message: "two wait" }).toBe(2)
  expect(await waiting.first().textContent(), "the oldest first").toContain("Do you ship to Oslo?")
  await maren.opens("Is my bike ready?")
  await screenshot(maren.page, "assignment-waiting")
  await maren.page.emulateMedia({ colorScheme: "dark" })
  await screenshot(maren.page, "assignment-waiting-dark")
  await maren.page.emulateMedia({ colorScheme: "light" })
  await maren.takes()
  await maren.answers("It is, come by.")
  await lucia.sees("It is, come by.")

  // Karim is next as soon as Maren has no other conversation.
  for (const text of ["It is, come by.", "The battery switches off"]) {
    await maren.opens(text)
    await maren.ends()
  }
  await maren.opens("Do you ship to Oslo?")
  await maren.answers("We do.")
  await karim.sees("We do.")
  await screenshot(maren.page, "assignment-outcome")
})

story("an operator looks for help, a colleague comes, and another is invited", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Three red lights")
  const tomas = await stage.colleague("Tomas")
  await stage.frontdesk.addsOperator("Liv", "liv@example.com", "correct horse battery")

  await maren.opens("Three red lights")
  await maren.setsStatus(maren.texts["status.help_short"])
  await maren.below(maren.texts["list.help"]).waitFor()
  await tomas.opens("Three red lights")
  await screenshot(tomas.page, "assignment-help")
  await tomas.takes()
  await hannah.window.getByText(hannah.texts.joined.replace("{name}", "Tomas")).waitFor()
  await expect.poll(() => maren.below(maren.texts["list.help"]).count(), { message: "helped" }).toBe(0)
  await tomas.answers("The cells are out of balance.")
  await hannah.sees("The cells are out of balance.")

  await maren.page.getByRole("button", { name: maren.texts["invite.title"] }).click()
  await maren.page.getByRole("dialog").getByText("Liv").click()
  await screenshot(maren.page, "assignment-invite")
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["invite.action_one"] }).click()
  await hannah.window.getByText(hannah.texts.joined.replace("{name}", "Liv")).waitFor()
  await maren.page.getByText(maren.texts["why.details"]).click()
  await screenshot(maren.page, "assignment-explained")
})

story("on a phone an operator takes what waits and says where it stands", async ({ stage }) => {
  const maren = await stage.operator(PHONE)
  await maren.setsChannel({ max_sessions: 1 })
  for (const text of ["The battery switches off", "Do you ship to Oslo?"]) {
    const visitor = await stage.visitor()
    await visitor.arrives()
    await visitor.opensWidget()
    await visitor.writes(text)
  }
  await maren.below(maren.texts["list.waiting"]).waitFor()
  await screenshot(maren.page, "assignment-phone-list")
  await maren.opens("Do you ship to Oslo?")
  await screenshot(maren.page, "assignment-phone-thread")
  await maren.takes()
  await maren.page.getByRole("button", { name: maren.texts["thread.details"] }).click()
  await maren.setsStatus(maren.texts["status.waiting_short"])
  await screenshot(maren.page, "assignment-phone-panel")
})
