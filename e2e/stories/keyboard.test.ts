import type { Locator, Page } from "playwright-core"
import { expect, story } from "../stage/story"

/** Presses Tab until the focus is where it should be; a person gives up at some point. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element)) return
    await page.keyboard.press("Tab")
  }
  expect.fail("cannot be reached with the Tab key")
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element)
}

story("a visitor and an operator talk without a pointer", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()

  await tabTo(hannah.page, hannah.button)
  await hannah.page.keyboard.press("Enter")
  await hannah.field.waitFor()
  await expect.poll(() => hasFocus(hannah.field)).toBe(true)
  await hannah.page.keyboard.type("Can I come by at noon?")
  await hannah.page.keyboard.press("Enter")
  await hannah.sees("Can I come by at noon?")

  const row = maren.list.getByRole("link").filter({ hasText: "Can I come by at noon?" })
  await row.waitFor()
  await tabTo(maren.page, row)
  await maren.page.keyboard.press("Enter")
  await maren.field.waitFor()
  await tabTo(maren.page, maren.field)
  await maren.page.keyboard.type("Of course.")
  await maren.page.keyboard.press("Enter")
  await hannah.sees("Of course.")

  // Escape folds the window, and the focus goes back to the button that opened it.
  await hannah.page.keyboard.press("Escape")
  await hannah.field.waitFor({ state: "hidden" })
  await expect.poll(() => hasFocus(hannah.button)).toBe(true)
})
