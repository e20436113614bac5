import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

const A_YEAR_MS = 365 * 24 * 3600 * 1000

story("a session that ends takes nothing of the page with it", async ({ stage }) => {
  const maren = await stage.operator()
  maren.watch.allow(/status of 401/)
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  await maren.answers("At eihgt.")
  await maren.messages.getByText(maren.texts["mark.waiting"]).waitFor({ state: "detached" })
  await maren.types("Half of an ans")
  const second = await maren.opensTab()
  await maren.page.bringToFront()
  await maren.said("At eihgt.").hover()
  await maren.messages.getByRole("button", { name: maren.texts["message.edit"] }).click()
  await maren.editor.fill("At eight.")

  await maren.asks("DELETE", "/session")
  for (const { again } of [maren, second]) await again.waitFor()
  expect(await findings(maren.page)).toEqual([])
  await screenshot(maren.page, "session-expired")
  await maren.again.locator("input[type=password]:focus").waitFor()
  for (let press = 0; press < 3; press++) await maren.page.keyboard.press("Escape")
  await maren.again.getByText(maren.texts["signin.stays"]).waitFor()

  await maren.signsIn()
  for (const { again } of [maren, second]) await again.waitFor({ state: "detached" })
  expect(await maren.field.inputValue()).toBe("Half of an ans")
  expect(await maren.editor.inputValue()).toBe("At eight.")
  // The focus is where it was.
  await maren.page.keyboard.press("Enter")
  await hannah.sees("At eight.")
  await maren.types("wer")
  await maren.field.press("Enter")
  await hannah.sees("Half of an answer")
})

story("what is asked for in the moment when the session ends is done once somebody has signed in", async ({ stage }) => {
  const maren = await stage.operator()
  maren.watch.allow(/status of 401/)
  await maren.page.goto(`${maren.url}/console/#/preferences`)
  const name = maren.page.getByLabel(maren.texts["preferences.chat_name"])
  await name.fill("Maren of the shop")
  await maren.page.context().clearCookies()
  await name.press("Enter")
  await maren.again.waitFor()
  await maren.signsIn()
  await expect.poll(async () => (await maren.page.request.get(`${maren.url}/api/v1/operator/session`)).text()).toContain("Maren of the shop")
  expect(await name.inputValue()).toBe("Maren of the shop")
})

story("two tabs of one operator show the same", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.list.getByText("Hello").waitFor()
  const second = await maren.opensTab()
  await second.opens("Hello")
  const unread = maren.texts["list.unread.one"].replace("{count}", "1")
  await maren.list.getByText(unread).waitFor({ state: "detached" })

  await second.answers("From the second tab")
  await maren.list.getByText("From the second tab").waitFor()
  await maren.opens("From the second tab")
  await maren.edits("From the second tab", "Edited in the first")
  await second.sees(`Edited in the first ${second.texts["message.edited"]}`)
  await second.opensPersonMenu()
  await second.page.getByText(second.texts["presence.busy"], { exact: true }).click()
  await maren.shows("busy")
})

for (const [name, look] of [["desk", {}], ["phone", PHONE]] as const) {
  story(`long words and another direction stay in their places: ${name}`, async ({ stage }) => {
    const maren = await stage.operator(look)
    const hannah = await stage.visitor()
    await hannah.arrives()
    await hannah.opensWidget()
    const arabic = "مرحبا، هل يمكنني تغيير عنوان التوصيل (رقم 12-B)؟"
    await hannah.writes(arabic)
    await maren.opens(arabic)
    await hannah.writes("a".repeat(3000))
    await hannah.writes("https://example.com/?q=" + "long".repeat(100))
    await maren.sees("a".repeat(3000))
    expect(await maren.said(arabic).evaluate((bubble) => getComputedStyle(bubble).direction)).toBe("rtl")
    await screenshot(maren.page, `long-words-${name}`)
    for (const part of [maren.page.locator("html"), maren.messages]) {
      expect(await part.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0)
    }
  })
}

story("a clock that is a year ahead changes nothing of what is said", async ({ stage, frontdesk }) => {
  const maren = await stage.newcomer()
  await maren.isSetUp(frontdesk.setupLink)
  await maren.page.clock.setSystemTime(new Date(Date.now() + A_YEAR_MS))
  await maren.opensConsole()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  await maren.opens("Hello")
  await maren.answers("Hello from next year")
  await hannah.sees("Hello from next year")
  await maren.messages.getByText(maren.texts["mark.waiting"]).waitFor({ state: "detached" })
  expect(await maren.messages.getByText(maren.texts["outgoing.expired"]).count()).toBe(0)
})
