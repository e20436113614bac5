import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import type { Locator } from "playwright-core"
import { expect, type Look, PHONE } from "../stage/story"
import { LINE_FAULTS, wiredStory } from "../stage/wire"

const LOOKS: [name: string, look: Look][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { ...PHONE, colorScheme: "dark" }],
  ["Arabic", { language: "ar", colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
]

for (const [name, look] of LOOKS) {
  wiredStory(`axe finds nothing in any state of the widget: ${name}`, { timeout: 90_000 }, async ({ stage, wire }) => {
    const maren = await stage.operator()
    const hannah = await stage.visitor({ ...look, server: wire.url })
    hannah.watch.allow(...LINE_FAULTS)
    const isFine = async (state: string) => {
      await screenshot(hannah.page, `states-${name}-${state}`.replaceAll(" ", "-"))
      expect(await findings(hannah.page), state).toEqual([])
    }
    await hannah.arrives()
    await isFine("button")
    await hannah.opensWidget()
    await isFine("welcome")
    await hannah.window.getByRole("button", { name: hannah.texts.emoji }).click()
    await hannah.window.getByRole("group", { name: hannah.texts.emoji }).waitFor()
    await isFine("emoji")
    await hannah.page.keyboard.press("Escape")
    await hannah.writes("Do you know https://example.com/battery?")
    await maren.opens("Do you know")
    await maren.types("Yes")
    await hannah.window.getByText(hannah.texts.typing.replace("{name}", "Maren Kaya")).waitFor()
    await isFine("typing")
    await maren.answers("Yes, I wrote it.")
    await hannah.sees("Yes, I wrote it.")
    await isFine("conversation")
    await hannah.field.fill("x".repeat(8_001))
    await hannah.window.getByText(/8,001|٨٬٠٠١/).first().waitFor()
    await isFine("too-long")
    await hannah.field.fill("")
    wire.cut()
    await hannah.writes("Can you still hear me?")
    await hannah.window.getByText(hannah.texts.offline).waitFor()
    await isFine("offline")
    wire.mend()
    await maren.sees("Can you still hear me?")
    await hannah.window.getByRole("button", { name: hannah.texts.end, exact: true }).click()
    await hannah.window.getByText(hannah.texts["extras.end_title"]).waitFor()
    await isFine("ending")
    await hannah.window.getByRole("button", { name: hannah.texts.end, exact: true }).last().click()
    await hannah.window.getByText(hannah.texts["extras.ended"]).waitFor()
    await isFine("ended")
  })
}

wiredStory("where motion is not wanted nothing moves, and elsewhere only for a moment", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor({ reducedMotion: "no-preference" })
  const moving = () => hannah.page.evaluate(() => document.querySelector("frontdesk-widget")!.shadowRoot!.getAnimations().length)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Does anything move?")
  await expect.poll(moving, { interval: 100 }).toBe(0)
  await hannah.page.emulateMedia({ reducedMotion: "reduce" })
  await maren.opens("Does anything move?")
  await maren.types("Not even the dots")
  await hannah.window.getByText(hannah.texts.typing.replace("{name}", "Maren Kaya")).waitFor()
  expect(await moving()).toBe(0)
})

wiredStory("with forced colours bubbles, buttons and the field keep an outline", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor({ forcedColors: "active" })
  const outline = (it: Locator) => it.evaluate((element) => parseFloat(getComputedStyle(element).borderTopWidth))
  await hannah.arrives()
  expect(await outline(hannah.button)).toBeGreaterThan(0)
  await hannah.opensWidget()
  await hannah.writes("Can you see my outline?")
  for (const it of [hannah.said("Can you see my outline?"), hannah.field.locator(".."), hannah.window]) await expect.poll(() => outline(it)).toBeGreaterThan(0)
  await hannah.window.getByRole("button", { name: hannah.texts.end, exact: true }).click()
  await hannah.window.getByText(hannah.texts["extras.end_title"]).waitFor()
  for (const name of [hannah.texts.end, hannah.texts["extras.stay"]]) {
    await expect.poll(() => outline(hannah.window.getByRole("button", { name, exact: true }).last())).toBeGreaterThan(0)
  }
})

wiredStory("who listens hears each answer with its author, and own words once", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Who is speaking?")
  await maren.opens("Who is speaking?")
  await maren.answers("Maren is")
  await hannah.sees("Maren is")
  expect(await hannah.messages.getAttribute("aria-relevant")).toBe("additions")
  expect(await hannah.said("Maren is").innerText()).toMatch(/^Maren Kaya: /)
  const own = hannah.said("Who is speaking?").locator("xpath=ancestor::*[@aria-live][1]")
  expect(await own.getAttribute("aria-live")).toBe("off")
  expect(await hannah.button.getAttribute("aria-expanded")).toBe("true")
  expect(await hannah.window.getAttribute("aria-labelledby")).toBe("name")
})

wiredStory("with the widest text spacing that people set, nothing is cut off", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Is there enough room for this?")
  await maren.opens("Is there enough room for this?")
  await maren.answers("There is, also for an answer which is a little longer than the question.")
  await hannah.sees("There is, also for an answer which is a little longer than the question.")
  const cut = await hannah.widget.evaluate((host) => {
    const spacing = new CSSStyleSheet()
    spacing.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }")
    host.shadowRoot!.adoptedStyleSheets.push(spacing)
    const hides = (it: Element) => getComputedStyle(it).overflowX === "hidden" && !it.matches(".unseen")
    const all = Array.from(host.shadowRoot!.querySelectorAll("dialog, dialog *"))
    return all.filter((it) => hides(it) && it.scrollWidth > it.clientWidth + 1).map((it) => it.outerHTML.slice(0, 80))
  })
  expect(cut).toEqual([])
  await screenshot(hannah.page, "widget-text-spacing")
})
