import type { Page } from "playwright-core"
import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, type Look, PHONE, story } from "../stage/story"

story("what comes while the window is folded is counted on the button and in the title, until it is read", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("I wait with the window folded")
  await maren.opens("I wait with the window folded")
  await hannah.foldsWidget()
  await maren.answers("The first answer")
  await hannah.widget.getByLabel(hannah.texts["extras.unread_one"].replace("{count}", "1")).waitFor()
  await maren.answers("The second answer")
  await hannah.widget.getByLabel(hannah.texts["extras.unread_other"].replace("{count}", "2")).waitFor()
  await expect.poll(() => hannah.page.title()).toBe("(2) Alder Cycles")
  expect(await findings(hannah.page)).toEqual([])
  await screenshot(hannah.page, "widget-unread")

  await hannah.page.reload()
  await expect.poll(() => hannah.page.title(), { timeout: 5_000 }).toBe("(2) Alder Cycles")
  await hannah.opensWidget()
  await hannah.window.getByText(hannah.texts.new, { exact: true }).waitFor()
  await screenshot(hannah.page, "widget-new")
  await expect.poll(() => hannah.page.title()).toBe("Alder Cycles")
  expect(await hannah.button.getAttribute("aria-label")).not.toContain("2")
})

const LOOKS: [name: string, look: Look][] = [
  ["light", {}],
  ["dark phone", { ...PHONE, colorScheme: "dark" }],
  ["Arabic", { language: "ar" }],
]

for (const [name, look] of LOOKS) {
  story(`what comes while the window is folded shows beside the button: ${name}`, async ({ stage }) => {
    const maren = await stage.operator()
    const hannah = await stage.visitor(look)
    await hannah.arrives()
    await hannah.opensWidget()
    await hannah.writes("Tell me when you know")
    await maren.opens("Tell me when you know")
    await hannah.foldsWidget()
    await maren.answers("Saturday at 11 works well, and you can bring only the battery. We have a spare one for the time being.")
    const preview = hannah.widget.getByRole("button", { name: /Maren Kaya.*Saturday at 11/ })
    await preview.waitFor()
    await expect.poll(() => hannah.widget.getByRole("status").first().textContent()).toContain("Maren Kaya: Saturday at 11")
    expect(await findings(hannah.page)).toEqual([])
    await screenshot(hannah.page, `widget-preview-${name}`.replaceAll(" ", "-"))
    await hannah.widget.getByRole("button", { name: hannah.texts.dismiss }).click()
    await preview.waitFor({ state: "hidden" })
    expect(await hannah.button.evaluate((it) => it.matches(":focus")), "the focus goes to the button").toBe(true)
    await maren.answers("Are you still there?")
    await hannah.widget.getByRole("button", { name: "Are you still there?" }).focus()
    await hannah.page.keyboard.press("Enter")
    await hannah.sees("Are you still there?")
    expect(await preview.count()).toBe(0)
  })
}

story("a page that changes its title keeps its own, with the count before it", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  await hannah.foldsWidget()
  await maren.answers("First")
  await expect.poll(() => hannah.page.title()).toBe("(1) Alder Cycles")
  await hannah.page.evaluate(() => (document.title = "Alder Tour"))
  await maren.answers("Second")
  await expect.poll(() => hannah.page.title()).toBe("(2) Alder Tour")
  await hannah.opensWidget()
  await expect.poll(() => hannah.page.title()).toBe("Alder Tour")
})

story("a notification that was dismissed stays dismissed", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await greet(hannah.page)
  await hannah.arrives()
  const notification = hannah.widget.getByText("Questions about sizes or delivery? We are here.")
  await notification.waitFor()
  expect(await findings(hannah.page)).toEqual([])
  await screenshot(hannah.page, "widget-notification")
  await hannah.widget.getByRole("button", { name: hannah.texts.dismiss }).click()
  await notification.waitFor({ state: "hidden" })
  await hannah.page.reload()
  await hannah.button.waitFor()
  expect(await notification.count()).toBe(0)
  const other = await hannah.opensTab()
  await greet(other.page)
  await other.arrives("/about")
  expect(await other.widget.getByText("Questions about sizes").count()).toBe(0)
})

/** Changes the decision into one that shows a notification beside the button. */
async function greet(page: Page): Promise<void> {
  await page.route("**/decision", async (route) => {
    const answer = await route.fetch()
    const decision = (await answer.json()) as { texts: object }
    const texts = { ...decision.texts, notification: "Questions about sizes or delivery? We are here." }
    await route.fulfill({ response: answer, json: { ...decision, action: "show_with_notification", texts } })
  })
}
