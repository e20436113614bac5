import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

story("the direct link is the same conversation, full page, over reloads", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.page.goto(`${frontdesk.url}/chat/1`)
  await hannah.field.waitFor()
  expect(await hannah.window.getByRole("button", { name: hannah.texts.fold }).count(), "nothing to fold it to").toBe(0)
  expect(await hannah.page.context().cookies()).toEqual([])
  await hannah.writes("Written on a page of its own")
  await maren.opens("Written on a page of its own")
  await maren.answers("Answered there")
  await hannah.sees("Answered there")
  expect(await findings(hannah.page)).toEqual([])
  await screenshot(hannah.page, "direct-link-conversation")
  await hannah.page.keyboard.press("Escape")
  expect(await hannah.field.isVisible()).toBe(true)
  await hannah.page.reload()
  await hannah.sees("Answered there")
})

story("the direct link fills a phone, and the back button leaves it", async ({ stage, frontdesk }) => {
  await stage.operator()
  const hannah = await stage.visitor(PHONE)
  await hannah.page.goto(hannah.website)
  await hannah.page.goto(`${frontdesk.url}/chat/1`)
  await hannah.field.waitFor()
  await expect.poll(async () => (await hannah.window.boundingBox())?.width).toBe(390)
  await screenshot(hannah.page, "direct-link-phone")
  await hannah.page.goBack()
  await expect.poll(() => hannah.page.url()).toBe(`${hannah.website}/`)
})
