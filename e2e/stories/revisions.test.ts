import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

story("an operator edits and deletes what was said", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("When do you open?")
  await maren.opens("When do you open?")
  await maren.answers("At eight.")
  await maren.answers("The alarm code is 1234.")

  await maren.edits("At eight.", "At nine.")
  await maren.sees(`At nine. ${maren.texts["message.edited"]}`)
  await maren.deletes("The alarm code is 1234.")
  await maren.said(maren.texts["message.deleted"]).waitFor()
  await maren.list.getByText(maren.texts["message.deleted"]).waitFor()
  await screenshot(maren.page, "revisions")

  // Nobody finds it afterwards either.
  await maren.page.reload()
  await maren.said(maren.texts["message.deleted"]).waitFor()
  expect(await maren.page.content()).not.toContain("1234")
  await hannah.page.reload()
  await hannah.sees("At nine.")
  expect(await hannah.said("The alarm code is 1234.").count()).toBe(0)
})

story("the keyboard alone edits the last message, and the ones before it", async ({ stage }) => {
  const maren = await stage.operator({ colorScheme: "dark" })
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  await maren.answers("First")
  await maren.answers("Second")
  await maren.messages.getByText(maren.texts["mark.waiting"]).waitFor({ state: "detached" })

  await maren.field.press("ArrowUp")
  expect(await maren.editor.inputValue()).toBe("Second")
  expect(await findings(maren.page)).toEqual([])
  await screenshot(maren.page, "revision-dark")
  await maren.editor.press("Home")
  await maren.editor.press("ArrowUp")
  expect(await maren.editor.inputValue()).toBe("First")
  await maren.editor.press("Escape")
  await expect.poll(() => maren.field.evaluate((field) => field === document.activeElement)).toBe(true)
  await maren.sees("First")

  // What is emptied is meant to go.
  await maren.field.press("ArrowUp")
  await maren.editor.fill("")
  await maren.editor.press("Enter")
  await screenshot(maren.page, "revision-delete-dark")
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["message.delete"] }).click()
  await maren.said(maren.texts["message.deleted"]).waitFor()
})

story("on a phone a touch brings up what can be done to a message", async ({ stage }) => {
  const maren = await stage.operator(PHONE)
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  await maren.answers("A tpyo")
  await maren.said("A tpyo").tap()
  await screenshot(maren.page, "revision-tools-phone")
  await maren.messages.getByRole("button", { name: maren.texts["message.edit"] }).tap()
  await maren.editor.fill("A typo")
  await screenshot(maren.page, "revision-phone")
  await maren.page.getByRole("button", { name: maren.texts["action.save"] }).tap()
  await maren.sees(`A typo ${maren.texts["message.edited"]}`)
})
