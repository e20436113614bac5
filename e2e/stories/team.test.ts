import { findings } from "../stage/accessibility"
import type { Operator } from "../stage/operator"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

const LIV = { name: "Liv Berg", email: "liv@example.com", password: "staple of batteries" }
// Whoever is not signed in (any more) is told so, and Chromium writes that down.
const NOT_SIGNED_IN = /status of 401/

story("who is invited chooses a password, comes in, joins a channel, and is let out again", async ({ stage }) => {
  const maren = await stage.operator()
  const link = await invites(maren)

  const liv = await stage.newcomer()
  liv.watch.allow(NOT_SIGNED_IN, /status of 410/, /WebSocket/)
  await liv.page.goto(link)
  await liv.page.getByRole("heading", { name: liv.texts["invitation.title"].replace("{name}", LIV.name) }).waitFor()
  expect(await findings(liv.page), "invitation").toEqual([])
  await screenshot(liv.page, "invitation")
  await liv.page.getByLabel(liv.texts["signin.password"], { exact: true }).fill(LIV.password)
  await liv.page.getByRole("button", { name: liv.texts["invitation.action"] }).click()
  await liv.list.waitFor()
  await liv.page.goto(`${liv.url}/console/#/channels`)
  await liv.page.getByRole("button", { name: liv.texts["channels.join_named"].replace("{name}", "YourWebsite.com") }).click()
  await liv.page.getByRole("button", { name: liv.texts["channels.leave_named"].replace("{name}", "YourWebsite.com") }).waitFor()

  await acts(maren, LIV.name, maren.texts["team.deactivate"])
  await screenshot(maren.page, "team-deactivate")
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["team.deactivate"] }).click()
  await row(maren, LIV.name).getByText(maren.texts["team.inactive"]).waitFor()
  await liv.page.getByLabel(liv.texts["signin.email"]).waitFor()
  await liv.page.goto(link)
  await liv.page.getByRole("heading", { name: liv.texts["setup.invalid_title"] }).waitFor()
})

story("an administrator names expertise, and removing it tells who loses it", async ({ stage }) => {
  const maren = await stage.operator()
  await maren.page.goto(`${maren.url}/console/#/team/expertise`)
  await maren.page.getByRole("button", { name: maren.texts["expertise.new"] }).click()
  const dialog = maren.page.getByRole("dialog")
  await dialog.getByLabel(maren.texts["preferences.name"]).fill("Wheels and spokes")
  await dialog.getByLabel("Maren Kaya").check()
  await dialog.getByRole("button", { name: maren.texts["action.save"] }).click()
  await row(maren, "Wheels and spokes").getByText("Maren Kaya").waitFor()
  await screenshot(maren.page, "team-expertise")
  await acts(maren, "Wheels and spokes", maren.texts["expertise.remove"])
  await dialog.getByText(maren.texts["expertise.remove_text.one"].replace("{count}", "1")).waitFor()
  await dialog.getByRole("button", { name: maren.texts["expertise.remove"] }).click()
  await maren.page.getByRole("heading", { name: maren.texts["expertise.none"] }).waitFor()
})

for (const [name, look] of [
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["phone", PHONE],
  ["spanish", { language: "es" }],
] as const) {
  story(`axe finds nothing on the team: ${name}`, async ({ stage }) => {
    const maren = await stage.operator(look)
    await invites(maren)
    await maren.page.keyboard.press("Escape")
    await row(maren, LIV.name).waitFor()
    expect(await findings(maren.page), "operators").toEqual([])
    await screenshot(maren.page, `team-${name}`)
    for (const tab of ["expertise", "languages"] as const) {
      await maren.page.goto(`${maren.url}/console/#/team/${tab}`)
      await maren.page.getByRole("tab", { name: maren.texts[`team.${tab}`], selected: true }).waitFor()
      expect(await findings(maren.page), tab).toEqual([])
      await screenshot(maren.page, `team-${tab}-${name}`)
    }
  })
}

/** Invites Liv and tells the link that is shown. */
async function invites(operator: Operator): Promise<string> {
  const { page, texts } = operator
  await page.goto(`${operator.url}/console/#/team`)
  await page.getByRole("button", { name: texts["team.invite"] }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel(texts["preferences.name"]).fill(LIV.name)
  await dialog.getByLabel(texts["signin.email"]).fill(LIV.email)
  await screenshot(page, `team-invite-${operator.language}`)
  await dialog.getByRole("button", { name: texts["team.invite"] }).click()
  const link = await dialog.locator("code").textContent()
  await screenshot(page, `team-link-${operator.language}`)
  return link ?? ""
}

function row(operator: Operator, name: string) {
  return operator.page.getByRole("row").filter({ hasText: name })
}

async function acts(operator: Operator, name: string, action: string): Promise<void> {
  await operator.page.keyboard.press("Escape")
  await row(operator, name).getByRole("button", { name: action }).click()
}
