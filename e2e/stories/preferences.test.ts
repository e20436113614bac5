import { findings } from "../stage/accessibility"
import { ADMINISTRATOR } from "../stage/operator"
import { picture } from "../stage/pictures"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

const NOT_SIGNED_IN = /status of 401/
const REFUSED = /status of 422/

story("an operator changes the password and signs another browser out", async ({ stage }) => {
  const desk = await stage.operator()
  desk.watch.allow(NOT_SIGNED_IN, REFUSED)
  const phone = await stage.newcomer(PHONE)
  phone.watch.allow(NOT_SIGNED_IN, /WebSocket/)
  await phone.page.goto(`${phone.url}/console/`)
  await phone.signsIn()
  await phone.list.waitFor()

  await desk.page.goto(`${desk.url}/console/#/preferences`)
  const { page, texts } = desk
  const sessions = page.getByRole("region", { name: texts["preferences.sessions"] })
  await sessions.getByRole("button", { name: texts["sessions.end_named"].split("{")[0] }).click()
  await phone.page.getByLabel(texts["signin.email"]).waitFor()
  await expect.poll(() => sessions.getByRole("listitem").count()).toBe(1)

  await page.getByLabel(texts["password.current"], { exact: true }).fill("wrong horse battery")
  await page.getByLabel(texts["password.new"], { exact: true }).fill("staple of batteries")
  await page.getByRole("button", { name: texts["password.change"] }).click()
  await page.getByText("This is not your current password.").waitFor()
  await screenshot(page, "preferences-wrong-password")
  await page.getByLabel(texts["password.current"], { exact: true }).fill(ADMINISTRATOR.password)
  await page.getByRole("button", { name: texts["password.change"] }).click()
  await page.getByText(texts["password.changed"]).waitFor()
  await desk.opensPersonMenu()
  await page.getByRole("button", { name: texts["user.sign_out"] }).click()
  await page.getByLabel(texts["signin.email"]).fill(ADMINISTRATOR.email)
  await page.getByLabel(texts["signin.password"], { exact: true }).fill("staple of batteries")
  await page.getByRole("button", { name: texts["signin.action"] }).click()
  await desk.personMenu.waitFor()
})

story("an avatar is shown, and what is no picture is refused with a reason", async ({ stage }) => {
  const maren = await stage.operator()
  maren.watch.allow(REFUSED)
  const { page, texts } = maren
  await page.goto(`${maren.url}/console/#/preferences`)
  const choose = (name: string, buffer: Buffer) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType: "image/png", buffer })
  await choose("song.png", Buffer.from("not a picture"))
  await page.getByRole("alert").getByText("This is not a picture").waitFor()
  await screenshot(page, "avatar-refused")
  await choose("bomb.png", picture(1, 1, { width: 60_000, height: 60_000 }))
  await page.getByRole("alert").getByText("too large").waitFor()
  await choose("huge.png", Buffer.alloc(8 * 1024 * 1024 + 1))
  await page.getByRole("alert").getByText("too large").waitFor()
  await choose("me.png", picture(300, 200))
  const drawn = page.locator("main img[src^='/images/']")
  await expect.poll(() => drawn.evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(256)
  await page.getByRole("alert").waitFor({ state: "detached" })
  await page.getByRole("button", { name: texts["avatar.remove"] }).click()
  await drawn.waitFor({ state: "detached" })
})

story("times are told in the time zone that was chosen", async ({ stage, frontdesk }) => {
  const maren = await stage.operator({ timezoneId: "Europe/Berlin" })
  const { page, texts } = maren
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Hello")
  const started = maren.list.getByRole("link").locator("time")
  const at = new Date((await started.getAttribute("datetime")) ?? "")
  const told = (timeZone: string) => new Intl.DateTimeFormat("en-US", { hour: "2-digit", minute: "2-digit", timeZone }).format(at)
  expect(await started.textContent()).toBe(told("Europe/Berlin"))

  await page.goto(`${frontdesk.url}/console/#/preferences`)
  await page.getByRole("combobox", { name: texts["facts.time_zone"] }).selectOption("Asia/Tokyo")
  await page.goto(`${frontdesk.url}/console/#/discuss`)
  // There it may be another day by now.
  await expect.poll(() => started.getAttribute("title")).toContain(told("Asia/Tokyo").replace(/^0/, ""))
  await maren.opens("Hello")
  await maren.messages.getByText(told("Asia/Tokyo")).first().waitFor()
})

for (const [name, look] of [
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["phone", PHONE],
  ["spanish", { language: "es" }],
] as const) {
  story(`axe finds nothing on the preferences: ${name}`, async ({ stage }) => {
    const maren = await stage.operator(look)
    await maren.page.goto(`${maren.url}/console/#/preferences`)
    await maren.page.getByText(maren.texts["sessions.current"], { exact: true }).waitFor()
    expect(await findings(maren.page)).toEqual([])
    const width = maren.page.viewportSize()?.width ?? 0
    await maren.page.setViewportSize({ width, height: 2000 })
    await screenshot(maren.page, `preferences-${name}`)
    const overflow = await maren.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, "nothing is wider than the screen").toBeLessThanOrEqual(0)
  })
}
