import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

story("a new conversation stands at the bottom of the page, and is answered there", async ({ stage }) => {
  const maren = await stage.operator()
  await maren.goesTo("channels")
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Do you repair chains?")

  const window = maren.chatWindow("Visitor #1")
  const field = window.getByRole("textbox")
  await window.getByText("Do you repair chains?").waitFor()
  expect(await field.evaluate((it) => it === document.activeElement), "it leaves the focus where it is").toBe(false)
  expect(await window.getByText(maren.texts["thread.new"], { exact: true }).count(), "nobody has looked yet").toBe(1)
  await screenshot(maren.page, "windows-one")
  expect(await findings(maren.page)).toEqual([])

  await field.fill("Yes, today.")
  await field.press("Enter")
  await hannah.sees("Yes, today.")
  await hannah.window.getByText(hannah.texts.read).first().waitFor()

  // What was begun in the window is there in Discuss, and the other way round.
  await field.fill("And tomo")
  await window.getByRole("link", { name: maren.texts["windows.discuss"] }).click()
  await maren.messages.waitFor()
  expect(await maren.field.inputValue()).toBe("And tomo")
  await window.waitFor({ state: "detached" })
  await maren.field.fill("And tomorrow.")
  await maren.goesTo("channels")
  expect(await field.inputValue()).toBe("And tomorrow.")
})

story("a folded window tells of what is new, and stays folded over a reload", async ({ stage }) => {
  const maren = await stage.operator({ colorScheme: "dark" })
  await maren.goesTo("channels")
  const [hannah, omar] = [await stage.visitor(), await stage.visitor()]
  for (const [visitor, text] of [[hannah, "From Hannah"], [omar, "From Omar"]] as const) {
    await visitor.arrives()
    await visitor.opensWidget()
    await visitor.writes(text)
  }
  const first = maren.chatWindow("Visitor #1")
  const second = maren.chatWindow("Visitor #2")
  await first.getByText("From Hannah").waitFor()
  await second.getByText("From Omar").waitFor()
  await screenshot(maren.page, "windows-two-dark")

  await first.getByRole("textbox").press("Escape")
  await first.getByRole("textbox").waitFor({ state: "detached" })
  await hannah.writes("Are you there?")
  await first.getByText(maren.texts["list.unread.one"].replace("{count}", "1")).waitFor({ state: "attached" })
  await screenshot(maren.page, "windows-folded-dark")
  expect(await findings(maren.page)).toEqual([])

  await maren.page.reload()
  await first.getByRole("button", { expanded: false }).waitFor()
  await second.getByText("From Omar").waitFor()
  await first.getByRole("button", { expanded: false }).click()
  await first.getByText("Are you there?").waitFor()
  await expect.poll(() => first.getByRole("textbox").evaluate((it) => it === document.activeElement)).toBe(true)
  await second.getByRole("button", { name: maren.texts["windows.close"] }).click()
  await second.waitFor({ state: "detached" })
})

story("the messages menu brings a conversation to where one is; a phone goes to Discuss", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.list.getByText("Hello").waitFor()
  await maren.goesTo("channels")
  await maren.page.getByRole("button", { name: maren.texts["messages.label"] }).click()
  await maren.page.getByRole("link").filter({ hasText: "Hello" }).click()
  await maren.chatWindow("Visitor #1").getByRole("textbox").fill("Good morning")
  expect(maren.page.url()).toContain("#/channels")

  await maren.page.setViewportSize(PHONE.viewport!)
  await maren.chatWindow("Visitor #1").waitFor({ state: "detached" })
})
