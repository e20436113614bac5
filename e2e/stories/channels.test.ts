import { findings } from "../stage/accessibility"
import type { Operator } from "../stage/operator"
import { screenshot } from "../stage/screenshot"
import { expect, type Look, PHONE, story } from "../stage/story"

const LOOKS: [name: string, look: Look][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { ...PHONE, colorScheme: "light" }],
]

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
