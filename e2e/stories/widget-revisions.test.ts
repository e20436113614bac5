import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"

story("what an operator writes anew or takes back changes in the window, and beside the button", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("What does it cost?")
  await maren.opens("What does it cost?")
  await maren.answers("It costs 1,299 euros")
  await maren.answers("My password is hunter2")
  await hannah.sees("My password is hunter2")

  await maren.edits("It costs 1,299 euros", "It costs 1,199 euros")
  await hannah.sees("It costs 1,199 euros")
  await hannah.window.getByText(hannah.texts.edited).waitFor()
  await maren.deletes("My password is hunter2")
  await hannah.sees(hannah.texts.deleted)
  expect(await hannah.messages.textContent()).not.toMatch(/1,299|hunter2/)
  expect(await findings(hannah.page)).toEqual([])
  await screenshot(hannah.page, "widget-revised")

  await hannah.page.reload()
  await hannah.sees(hannah.texts.deleted)
  await hannah.sees("It costs 1,199 euros")
  await hannah.window.getByText(hannah.texts.edited).waitFor()

  await hannah.foldsWidget()
  await maren.answers("Meant for somebody else")
  const preview = hannah.widget.getByRole("button", { name: "Meant for somebody else" })
  await preview.waitFor()
  await maren.deletes("Meant for somebody else")
  await preview.waitFor({ state: "hidden" })
  await expect.poll(() => hannah.button.getAttribute("aria-label")).not.toContain("1")
})
