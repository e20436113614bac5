import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

const ADDRESS = "jan.kowalczyk@poczta.pl"

story("nobody is there: a message is left with the keyboard, and is answered by whoever comes", async ({ stage }) => {
  const maren = await stage.operator()
  await maren.isThere("offline")
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.button.focus()
  await hannah.page.keyboard.press("Enter")
  await expect.poll(() => hannah.address.evaluate((it) => it === (it.getRootNode() as ShadowRoot).activeElement)).toBe(true)
  await screenshot(hannah.page, "leaving-empty")
  await hannah.page.keyboard.type("jan at home")
  await hannah.page.keyboard.press("Tab")
  await hannah.page.keyboard.type("Is the Alder Cargo available in green?")
  await hannah.page.keyboard.press("Tab")
  await hannah.page.keyboard.press("Enter")
  await hannah.window.getByRole("alert").getByText(hannah.texts["extras.email_invalid"]).waitFor()
  await screenshot(hannah.page, "leaving-refused")
  expect(await findings(hannah.page)).toEqual([])

  // What was typed outlives a reload.
  await hannah.page.reload()
  await hannah.address.waitFor()
  expect([await hannah.address.inputValue(), await hannah.field.inputValue()]).toEqual(["jan at home", "Is the Alder Cargo available in green?"])
  await hannah.leaves("Is the Alder Cargo available in green?", ADDRESS)
  await hannah.window.getByText(hannah.texts["extras.left_message"]).waitFor()
  await screenshot(hannah.page, "leaving-left")

  await maren.isThere("online")
  await maren.opens("Is the Alder Cargo available in green?")
  await maren.page.getByText(ADDRESS).first().waitFor()
  await screenshot(maren.page, "leaving-console")
  await maren.takes()
  await maren.answers("It is.")
  await hannah.sees("It is.")
  await hannah.window.getByText(hannah.texts["extras.left_message"]).waitFor({ state: "detached" })
})

story("everybody leaves while a question is typed: the question stays, and an address is asked for", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  hannah.watch.allow(/409 \(Conflict\)/)
  await maren.isThere("offline")
  await hannah.field.fill("Are you still there?")
  await hannah.field.press("Enter")
  await hannah.address.waitFor()
  expect(await hannah.field.inputValue()).toBe("Are you still there?")
  await hannah.leaves("Are you still there?", ADDRESS)
  await hannah.writes("And do you have it in blue?")
  await maren.opens("Are you still there?")
  await maren.sees("And do you have it in blue?")
})

story("a message is left on a phone and in Arabic, light and dark", async ({ stage }) => {
  const maren = await stage.operator()
  await maren.isThere("offline")
  for (const [name, look] of Object.entries({ phone: PHONE, arabic: { language: "ar" }, dark: { ...PHONE, colorScheme: "dark" } } as const)) {
    const visitor = await stage.visitor(look)
    await visitor.arrives()
    await visitor.button.click()
    await visitor.address.fill(ADDRESS)
    await visitor.field.fill("مرحباً, is the Alder Cargo available?\n".repeat(8))
    await screenshot(visitor.page, `leaving-${name}`)
    expect(await findings(visitor.page)).toEqual([])
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  }
})

story("who waits is told the place in the queue, until somebody comes", async ({ stage }) => {
  const maren = await stage.operator()
  await maren.setsChannel({ max_sessions: 1 })
  const [hannah, karim] = [await stage.visitor(), await stage.visitor()]
  for (const [visitor, text] of [
    [hannah, "The battery switches off"],
    [karim, "Do you ship to Oslo?"],
  ] as const) {
    await visitor.arrives()
    await visitor.opensWidget()
    await visitor.writes(text)
  }
  const place = karim.window.getByText(karim.texts["extras.position"].replace("{position}", "1"))
  await place.waitFor()
  await screenshot(karim.page, "leaving-queue")
  await maren.opens("Do you ship to Oslo?")
  await maren.takes()
  await place.waitFor({ state: "detached" })
})
