import type { Locator } from "playwright-core"
import { expect, story } from "../stage/story"

const hasFocus = (target: Locator) => target.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element)

story("emoji, sending, folding and coming back need no pointer", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  const { keyboard } = hannah.page
  await hannah.arrives()
  await hannah.button.focus()
  await keyboard.press("Enter")
  await expect.poll(() => hasFocus(hannah.field)).toBe(true)
  await keyboard.type("First line")
  await keyboard.press("Shift+Enter")
  await keyboard.type("second line ")

  await keyboard.press("Tab")
  expect(await hasFocus(hannah.window.getByRole("button", { name: hannah.texts.emoji }))).toBe(true)
  await keyboard.press("Enter")
  const picker = hannah.window.getByRole("group", { name: hannah.texts.emoji })
  await picker.waitFor()
  await keyboard.press("ArrowRight")
  await keyboard.press("ArrowDown")
  const chosen = await picker.locator(":focus").innerText()
  await keyboard.press("Enter")
  await picker.waitFor({ state: "hidden" })
  expect(await hannah.field.inputValue()).toBe(`First line\nsecond line ${chosen}`)
  expect(await hasFocus(hannah.field)).toBe(true)
  await keyboard.press("Enter")
  await maren.opens("second line")

  await keyboard.press("Tab")
  await keyboard.press("Enter")
  await picker.waitFor()
  await keyboard.press("Escape")
  await picker.waitFor({ state: "hidden" })
  expect(await hannah.field.isVisible(), "Escape closes the topmost thing only").toBe(true)
  await keyboard.press("Escape")
  await hannah.field.waitFor({ state: "hidden" })
  await expect.poll(() => hasFocus(hannah.button)).toBe(true)
})

story("the window is no trap: Tab goes through it, out of it, and back", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  const link = hannah.page.getByRole("link", { name: "About us" })
  const stops = async (key: string) => {
    for (let presses = 0; presses < 20 && !(await hasFocus(link)); presses++) await hannah.page.keyboard.press(key)
    return hasFocus(link)
  }
  expect(await stops("Tab"), "forwards").toBe(true)
  await hannah.field.focus()
  expect(await stops("Shift+Tab"), "backwards").toBe(true)
})

story("ending is asked for, the way back has the focus, and Escape takes it", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Shall I stay?")
  const end = hannah.window.getByRole("button", { name: hannah.texts.end, exact: true })
  await end.focus()
  await hannah.page.keyboard.press("Enter")
  const stay = hannah.window.getByRole("button", { name: hannah.texts["extras.stay"] })
  await expect.poll(() => hasFocus(stay)).toBe(true)
  await hannah.page.keyboard.press("Escape")
  await expect.poll(() => hasFocus(hannah.field)).toBe(true)
  await end.focus()
  await hannah.page.keyboard.press("Enter")
  await stay.waitFor()
  await hannah.page.keyboard.press("Shift+Tab")
  await hannah.page.keyboard.press("Enter")
  await hannah.window.getByText(hannah.texts["extras.ended"]).waitFor()
})

story("what is typed in the widget is not heard by the page's shortcuts", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { shortcuts: heard })
    for (const name of ["keydown", "keypress", "keyup"]) document.addEventListener(name, (event) => heard.push((event as KeyboardEvent).key))
  })
  await hannah.opensWidget()
  await hannah.types("search?")
  await hannah.page.keyboard.press("Enter")
  await hannah.sees("search?")
  expect(await hannah.page.evaluate(() => (window as unknown as { shortcuts: string[] }).shortcuts)).toEqual([])
})
