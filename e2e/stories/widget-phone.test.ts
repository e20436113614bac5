import type { Visitor } from "../stage/visitor"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

const KEYBOARD_TOP = 508

/** As a phone does it: what is visible shrinks, and the page keeps its size. */
async function raiseKeyboard({ page }: Visitor): Promise<void> {
  await page.evaluate((height) => {
    Object.defineProperty(visualViewport, "height", { value: height, configurable: true })
    visualViewport!.dispatchEvent(new Event("resize"))
  }, KEYBOARD_TOP)
}

story("on a phone the field stays above the keyboard, and the last message in sight", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor(PHONE)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hi! The battery of my Alder Tour switches off at 40 %.")
  await maren.opens("Hi! The battery of my Alder Tour switches off at 40 %.")
  for (const text of ["That is covered by your warranty.", "You can bring only the battery.", "Any day.", "At any time.", "Saturday at 11 works well."]) await maren.answers(text)
  await hannah.sees("Saturday at 11 works well.")
  await raiseKeyboard(hannah)
  const lowest = async (it: { boundingBox: Visitor["field"]["boundingBox"] }) => {
    const box = await it.boundingBox()
    return box!.y + box!.height
  }
  await expect.poll(() => lowest(hannah.window)).toBe(KEYBOARD_TOP)
  expect(await lowest(hannah.field)).toBeLessThan(KEYBOARD_TOP)
  await expect.poll(() => lowest(hannah.said("Saturday at 11 works well."))).toBeLessThan((await hannah.field.boundingBox())!.y)
  await screenshot(hannah.page, "phone-keyboard")
  // Smaller text in a field makes a phone zoom into the page.
  expect(await hannah.field.evaluate((field) => getComputedStyle(field).fontSize)).toBe("16px")

  await hannah.field.fill("One line\nand another\nand a third\nand a fourth\nand a fifth\nand a sixth")
  await expect.poll(async () => (await hannah.field.boundingBox())!.height).toBeGreaterThan(100)
  expect(await lowest(hannah.field)).toBeLessThan(KEYBOARD_TOP)
})

story("on a phone everything to touch is large enough, and what lies behind is out of reach", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor(PHONE)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Is it large enough?")
  for (const button of await hannah.window.getByRole("button").all()) {
    if (!(await button.isVisible())) continue
    const { width, height } = (await button.boundingBox())!
    expect(Math.min(width, height), (await button.getAttribute("aria-label"))!).toBeGreaterThanOrEqual(44)
  }
  const link = hannah.page.getByRole("link", { name: "About us", includeHidden: true })
  await link.focus()
  expect(await link.evaluate((it) => it === document.activeElement)).toBe(false)
})

story("on a phone the back button folds the window, and then leaves the page", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor(PHONE)
  await hannah.arrives()
  await hannah.page.getByRole("link", { name: "About us" }).click()
  await hannah.page.waitForURL("**/about")
  await hannah.opensWidget()
  await hannah.page.goBack()
  await hannah.field.waitFor({ state: "hidden" })
  expect(hannah.page.url()).toMatch(/\/about$/)
  await hannah.opensWidget()
  await hannah.foldsWidget()
  await hannah.page.goBack()
  await expect.poll(() => hannah.page.url()).toBe(`${hannah.website}/`)
})

story("on a phone a reload with the window open comes back to it, and the back button still folds it", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor(PHONE)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Here before the reload")
  await hannah.page.reload()
  await hannah.sees("Here before the reload")
  await hannah.page.goBack()
  await hannah.field.waitFor({ state: "hidden" })
  await hannah.button.waitFor()
})

for (const [name, viewport] of [
  ["320 pixels wide", { width: 320, height: 640 }],
  ["enlarged to 400 %", { width: 360, height: 225 }],
] as const) {
  story(`on a screen ${name} nothing is cut off`, async ({ stage }) => {
    await stage.operator()
    const hannah = await stage.visitor({ viewport })
    await hannah.arrives()
    await hannah.opensWidget()
    await hannah.writes("A message with a very long word: Donaudampfschifffahrtsgesellschaftskapitänspatent")
    await screenshot(hannah.page, `widget-${viewport.width}`)
    const overflow = await hannah.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    for (const part of [hannah.field, hannah.window.getByRole("button", { name: hannah.texts.send }), hannah.window.getByRole("button", { name: hannah.texts.fold })]) {
      const { x, y, width, height } = (await part.boundingBox())!
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(viewport.width)
      expect(y + height).toBeLessThanOrEqual(viewport.height)
    }
    expect((await hannah.messages.locator("..").boundingBox())!.height, "room for the thread").toBeGreaterThan(40)
  })
}
