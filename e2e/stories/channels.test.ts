import { findings } from "../stage/accessibility"
import type { Operator } from "../stage/operator"
import { screenshot } from "../stage/screenshot"
import { expect, type Look, PHONE, story } from "../stage/story"
import { errorTexts } from "../stage/texts"

const LOOKS: [name: string, look: Look][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { ...PHONE, colorScheme: "light" }],
]

/** A disc of 16 by 16 pixels. */
const SQUARE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAPklEQVR42mP49uwOSYiBOhpmeelDEGENcKXICKcGrKrR9DAQoxpZD7kaCKqG66GbBtp7mpx4ICemyUlLBBEAs2bxEwslHlYAAAAASUVORK5CYII=",
  "base64",
)

async function opensTab({ page, url, texts }: Operator, tab: "operators" | "options" | "rules" | "widget") {
  await page.goto(`${url}/console/#/channels/1/${tab}`)
  await page.getByRole("tab", { name: texts[`channel.tab_${tab}`], selected: true }).waitFor()
}

async function addsRule({ page, texts }: Operator, action: "hide" | "show_with_notification", pattern: string) {
  await page.getByRole("button", { name: texts["rule.add"] }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("radio", { name: texts[`rule.${action}`] }).check()
  await dialog.getByLabel(texts["rule.url_regex"]).fill(pattern)
  await dialog.getByRole("button", { name: texts["channel.save"] }).click()
  await dialog.waitFor({ state: "detached" })
}

story("what is edited in a channel is kept, saved, and shown on the website", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await opensTab(maren, "options")
  await page.getByLabel(texts["channel.welcome_message"]).fill("Which bike do you ride?")
  await page.getByLabel(texts["channel.header_background"], { exact: true }).fill("#9A4A2F")
  await page.getByText(texts["channel.changes.other"].replace("{count}", "2")).waitFor()

  // Looking something up elsewhere loses nothing.
  await opensTab(maren, "rules")
  await opensTab(maren, "options")
  await page.getByRole("button", { name: texts["channel.save"] }).click()
  await page.getByText(texts["channel.saved"]).waitFor()

  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.widget.getByText("Which bike do you ride?").first().waitFor()
  await opensTab(maren, "widget")
  await page.getByText(hannah.website).waitFor()
})

story("rules decide on which pages the button shows", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await opensTab(maren, "rules")
  await addsRule(maren, "show_with_notification", "/")
  await addsRule(maren, "hide", "/about")
  const first = page.getByRole("row").nth(1)
  await expect.poll(() => first.textContent()).toContain(texts["rule.show_with_notification"])

  // The handle of the second row moves it up.
  await page.getByRole("button", { name: texts["rule.move"].replace("{place}", "2") }).press("ArrowUp")
  await expect.poll(() => first.textContent()).toContain(texts["rule.hide"])
  await page.getByLabel(texts["rule.page"]).fill("https://alder.example/about")
  await page.getByText(texts["rule.does_hide"]).waitFor()
  await page.getByText(texts["rule.no"], { exact: true }).click()
  await page.getByText(texts["rule.does_hide"]).waitFor()
  await screenshot(page, "channel-trial")

  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.widget.getByText(texts["channel.default_notification"]).waitFor()
  await hannah.page.goto(`${hannah.website}/about`)
  await hannah.page.getByRole("heading").waitFor()
  await hannah.widget.waitFor({ state: "attached" })
  await expect.poll(() => hannah.widget.getByRole("button").count()).toBe(0)
})

story("a pattern that is none is told while it is written", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await opensTab(maren, "rules")
  await page.getByRole("button", { name: texts["rule.add"] }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel(texts["rule.url_regex"]).fill("(/shop")
  await dialog.getByText(texts["rule.pattern_wrong"].replace("{reason}", "unclosed group")).waitFor()
  await dialog.getByLabel(texts["rule.url_regex"]).fill("/shop")
  await dialog.getByLabel(texts["rule.try_page"]).fill("https://alder.example/shop")
  await dialog.getByText(texts["rule.fits"]).waitFor()
})

story("a limit is set in the form, a wrong one is told, and the tab of the operators counts", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await opensTab(maren, "options")
  await page.getByText(texts["channel.limited"], { exact: true }).click()
  const most = page.getByLabel(texts["channel.max_sessions"])
  for (const wrong of ["0", "-3", "2.5", "100000"]) {
    await most.fill(wrong)
    await page.getByRole("button", { name: texts["channel.save"] }).click()
    await page.getByText(errorTexts("en").number_invalid).waitFor()
  }
  await screenshot(page, "channel-limit-wrong")
  await most.fill("2")
  await page.getByRole("button", { name: texts["channel.save"] }).click()
  await page.getByText(texts["channel.saved"]).waitFor()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Which size fits me?")
  await opensTab(maren, "operators")
  await page.getByText(texts["channel.ongoing_of"].replace("{count}", "1").replace("{max}", "2")).waitFor()
  await screenshot(page, "channel-places")
})

story("a channel gets an image, and what is none is told", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  maren.watch.allow(/status of 422/)
  await opensTab(maren, "options")
  const picker = page.locator("input[type=file]")
  await picker.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("no picture") })
  await page.getByText(errorTexts("en").image_invalid).waitFor()
  await picker.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: SQUARE })
  await page.getByText(texts["channel.image_saved"]).waitFor()
  await screenshot(page, "channel-image")
  await page.goto(`${maren.url}/console/#/channels`)
  await page.locator("article img").waitFor()
  await screenshot(page, "channel-image-card")
})

story("the demonstration site shows the chat only while the channel is chosen for it", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const lines = async () => (await (await page.request.get(`${maren.url}/demo/`)).text()).split("/embed/1.js").length - 1
  expect(await lines()).toBe(1)
  await opensTab(maren, "widget")
  await page.getByRole("switch", { name: texts["channel.demo_show"] }).uncheck()
  await page.getByText(texts["channel.demo_empty"]).waitFor()
  expect(await lines()).toBe(0)
  await page.getByRole("switch", { name: texts["channel.demo_show"] }).check()
  await page.getByText(texts["channel.demo_shown"]).waitFor()
  expect(await lines()).toBe(1)
})

story("somebody new is made an operator of the channel on the spot", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await opensTab(maren, "operators")
  await page.getByRole("button", { name: texts["channel.add_operators"] }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: texts["channel.new"] }).click()
  for (const [name, save] of [
    ["Liv Berg", texts["team.save_new"]],
    ["Tom Ek", texts["team.save_close"]],
  ] as const) {
    await dialog.getByLabel(texts["preferences.name"]).fill(name)
    await dialog.getByLabel(texts["signin.email"]).fill(`${name.slice(0, 3).toLowerCase()}@example.com`)
    await dialog.getByRole("button", { name: save }).click()
    await dialog.getByText(texts["team.link_text"].replace("{name}", name)).waitFor()
  }
  expect(await findings(page)).toEqual([])
  await screenshot(page, "channel-new-operators")
  await dialog.getByRole("button", { name: texts["dialog.close"] }).last().click()
  await page.getByText("Tom Ek").waitFor()
  await page.getByText("Liv Berg").waitFor()
})

story("the pages of a visitor stand beside the conversation, and so does what it needs", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await maren.setsChannel({ records_page_views: true })
  await maren.asks("POST", "/expertise", { name: "Wheels and spokes" })
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Which size fits me?")
  await maren.opensConsole()
  await maren.opens("Which size fits me?")
  await page.getByRole("heading", { name: texts["panel.pages"] }).waitFor()
  await page.getByRole("button", { name: texts["panel.add_need"] }).click()
  await page.getByRole("menuitem", { name: "Wheels and spokes" }).click()
  await page.getByRole("button", { name: texts["panel.remove_need"].replace("{name}", "Wheels and spokes") }).waitFor()
  expect(await findings(page)).toEqual([])
  await screenshot(page, "panel-pages-and-needs")
})

for (const [name, look] of LOOKS) {
  story(`axe finds nothing on a channel's tabs: ${name}`, async ({ stage }) => {
    const maren = await stage.operator(look)
    for (const tab of ["operators", "options", "rules", "widget"] as const) {
      await opensTab(maren, tab)
      if (tab === "options") await maren.page.getByRole("switch").check()
      if (tab === "rules") await addsRule(maren, "hide", "/checkout")
      expect(await findings(maren.page), tab).toEqual([])
      await screenshot(maren.page, `channel-${tab}-${name}`)
    }
  })
}
