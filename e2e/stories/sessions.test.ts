import type { Locator } from "playwright-core"
import { findings } from "../stage/accessibility"
import { crowd } from "../stage/crowd"
import type { Operator } from "../stage/operator"
import { screenshot } from "../stage/screenshot"
import { Frontdesk } from "../stage/frontdesk"
import { expect, type Look, PHONE, story as usual } from "../stage/story"

/** Many visitors come from one address here. */
const story = usual.extend<{ frontdesk: Frontdesk }>({
  // oxlint-disable-next-line no-empty-pattern
  frontdesk: async ({}, use) => {
    const frontdesk = await Frontdesk.start("--limits", "starts=off")
    await use(frontdesk)
    await frontdesk.remove()
  },
})

const PHONE_LIGHT: Look = { ...PHONE, colorScheme: "light" }
const LOOKS: [name: string, look: Look][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", PHONE_LIGHT],
  ["spanish", { language: "es" }],
]

/** The lines of the list that are drawn, in a table or as cards. */
const rows = (maren: Operator): Locator => maren.page.locator("[data-line]")
/** The line with the focus. */
const at = (maren: Operator): Promise<string> =>
  maren.page.evaluate(() => document.activeElement?.closest("[data-line]")?.textContent ?? "")
const told = (maren: Operator, count: number): Promise<void> =>
  maren.page.getByRole("status").filter({ hasText: maren.texts["lists.rows.other"].replace("{count}", String(count)) }).waitFor()

async function opensSessions(maren: Operator): Promise<void> {
  await maren.page.getByRole("link", { name: maren.texts["nav.sessions"], exact: true }).first().click()
  await maren.page.getByRole("search").waitFor()
}

async function picks(maren: Operator, menu: string, option: string): Promise<void> {
  await maren.page.getByRole("button", { name: menu, exact: true }).click()
  await maren.page.getByRole("menuitemcheckbox", { name: option }).click()
  await maren.page.keyboard.press("Escape")
}

story("all conversations are found, filtered, grouped, kept as a favorite and opened", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await opensSessions(maren)
  await page.getByRole("heading", { name: texts["lists.empty"] }).waitFor()

  // What begins while one looks comes by itself.
  await crowd(frontdesk.url, 55)
  await told(maren, 55)
  // The rest comes when one gets there; drawn is what is in sight.
  await page.getByRole("region", { name: texts["lists.table"] }).press("End")
  await expect.poll(() => at(maren)).toContain("#6")
  await page.keyboard.press("End")
  await expect.poll(() => at(maren)).toContain("#1")
  expect(await rows(maren).count()).toBeLessThan(45)
  await page.keyboard.press("ArrowUp")
  await expect.poll(() => at(maren)).toContain("#2")
  await page.keyboard.press("Space")
  await page.getByRole("status").filter({ hasText: texts["lists.selected.one"].replace("{count}", "1") }).waitFor()
  await page.keyboard.press("Space")
  await told(maren, 55)
  await page.keyboard.press("Home")
  await expect.poll(() => at(maren)).toContain("#55")

  // The address holds the search.
  const search = page.getByRole("searchbox", { name: texts["lists.search_label"] })
  await page.keyboard.press("/")
  await page.keyboard.type("#7")
  await page.keyboard.press("Enter")
  await expect.poll(() => rows(maren).count()).toBe(1)
  await page.reload()
  await rows(maren).filter({ hasText: "#7" }).waitFor()
  await search.press("Backspace")
  await told(maren, 55)
  await picks(maren, texts["lists.filters"], texts["lists.filter.ended"])
  await page.getByRole("heading", { name: texts["lists.none_found"] }).waitFor()
  await page.goBack()
  await told(maren, 55)

  await picks(maren, texts["lists.filters"], texts["lists.filter.mine"])
  await picks(maren, texts["lists.group_by"], texts["lists.group.day"])
  const today = page.getByRole("button", { name: texts["time.today"] })
  await today.click()
  await expect.poll(() => rows(maren).count()).toBeGreaterThan(15)

  await page.getByRole("button", { name: texts["lists.favorites"], exact: true }).click()
  await page.getByRole("button", { name: texts["lists.favorite.keep"] }).click()
  await page.getByLabel(texts["lists.favorite.name"]).fill("My days")
  await page.getByLabel(texts["lists.favorite.initial"]).check()
  await page.getByRole("button", { name: texts["action.save"] }).click()
  await page.goto(`${frontdesk.url}/console/#/channels`)
  await opensSessions(maren)
  await today.waitFor()

  // Keys go through the rows; Enter opens one, and the way back keeps the search.
  await page.getByRole("button", { name: texts["lists.remove_facet"].replace("{facet}", texts["lists.group.day"]) }).click()
  await told(maren, 55)
  await today.waitFor({ state: "detached" })
  await page.keyboard.press("j")
  await page.keyboard.press("j")
  await page.keyboard.press("x")
  await page.getByRole("status").filter({ hasText: texts["lists.selected.one"].replace("{count}", "1") }).waitFor()
  await page.keyboard.press("Enter")
  await maren.sees("Question 54")
  await page.getByRole("link", { name: texts["sessions.all"] }).click()
  await page.getByText(texts["lists.filter.mine"], { exact: true }).waitFor()
})

story("a custom filter asks for what no other does", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await crowd(frontdesk.url, 3)
  await opensSessions(maren)
  await page.getByRole("button", { name: texts["lists.filters"], exact: true }).click()
  await page.getByRole("menuitem", { name: texts["lists.custom_filter"] }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel(texts["lists.field"]).selectOption("visitor")
  await dialog.getByLabel(texts["lists.value"]).fill("2")
  await dialog.getByRole("button", { name: texts["lists.add_condition"] }).click()
  await dialog.getByLabel(texts["lists.field"]).nth(1).selectOption("messages")
  await dialog.getByLabel(texts["lists.operator"]).nth(1).selectOption(">")
  await dialog.getByLabel(texts["lists.value"]).nth(1).fill("5")
  await dialog.getByText(texts["lists.match_any"]).click()
  expect(await findings(page), "dialog").toEqual([])
  await screenshot(page, "sessions-custom-filter")
  await dialog.getByRole("button", { name: texts["lists.apply"] }).click()
  await rows(maren).filter({ hasText: "#2" }).waitFor()
  await expect.poll(() => rows(maren).count()).toBe(1)
})

for (const [name, look] of LOOKS) {
  story(`axe finds nothing on the list of all conversations: ${name}`, async ({ stage, frontdesk }) => {
    const maren = await stage.operator(look)
    const { page, texts } = maren
    await opensSessions(maren)
    await page.getByRole("heading", { name: texts["lists.empty"] }).waitFor()
    await screenshot(page, `sessions-empty-${name}`)
    await crowd(frontdesk.url, 12)
    await told(maren, 12)
    expect(await findings(page), "rows").toEqual([])
    await screenshot(page, `sessions-${name}`)
    await page.getByRole("button", { name: texts["lists.filters"], exact: true }).click()
    expect(await findings(page), "filters").toEqual([])
    await page.getByRole("menuitemcheckbox", { name: texts["lists.filter.open"] }).click()
    await screenshot(page, `sessions-filters-${name}`)
    await page.keyboard.press("Escape")
    await picks(maren, texts["lists.group_by"], texts["lists.channel"])
    await page.getByRole("button", { name: "YourWebsite.com" }).click()
    await expect.poll(() => rows(maren).count()).toBe(13)
    expect(await findings(page), "groups").toEqual([])
    await screenshot(page, `sessions-groups-${name}`)
    // On a phone there is nothing but cards.
    if (look !== PHONE_LIGHT) await page.getByTitle(texts["lists.view.board"]).click()
    await page.getByRole("article").first().waitFor()
    expect(await findings(page), "cards").toEqual([])
    await screenshot(page, `sessions-cards-${name}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
}
