import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

story("visitor and operator talk on their phones", async ({ stage }) => {
  const maren = await stage.operator(PHONE)
  await screenshot(maren.page, "phone-console-empty")
  const hannah = await stage.visitor(PHONE)
  await hannah.arrives()
  await screenshot(hannah.page, "phone-widget-button")
  await hannah.opensWidget()
  await screenshot(hannah.page, "phone-widget-welcome")
  const width = async () => (await hannah.window.boundingBox())?.width
  await expect.poll(width, { message: "the window fills the screen" }).toBe(390)
  await hannah.writes("Do you repair tandems?")
  await screenshot(maren.page, "phone-console-list")
  await maren.opens("Do you repair tandems?")
  await maren.answers("We love tandems.")
  await hannah.sees("We love tandems.")
  await screenshot(hannah.page, "phone-widget")
  await screenshot(maren.page, "phone-console")

  await maren.page.getByRole("link", { name: maren.texts["thread.to_list"] }).click()
  await maren.list.waitFor()
  for (const person of [hannah, maren]) {
    const overflow = await person.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, "nothing is wider than the screen").toBeLessThanOrEqual(0)
  }
  await hannah.foldsWidget()
  await hannah.button.waitFor()
})
