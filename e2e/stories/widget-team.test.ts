import type { Page } from "playwright-core"
import { picture } from "../stage/pictures"
import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"

story("an operator's picture stands in the header and beside the messages, and initials where there is none", async ({ stage }) => {
  const maren = await stage.operator()
  const avatar = await maren.page.request.put(`${maren.url}/api/v1/operator/avatar`, { headers: { Origin: maren.url, "Content-Type": "application/octet-stream" }, data: picture(300, 200) })
  expect(avatar.status(), await avatar.text()).toBe(200)
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  const pictures = hannah.window.locator("img.avatar")
  await expect.poll(() => pictures.count(), { message: "in the header and beside the welcome" }).toBe(2)
  await hannah.writes("The battery switches off")
  await maren.opens("The battery switches off")
  await maren.answers("Let me look at it.")
  await hannah.sees("Let me look at it.")
  await expect.poll(() => pictures.count()).toBe(3)
  for (const shown of await pictures.all()) expect(await shown.evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(256)
  await screenshot(hannah.page, "team-picture")

  const tomas = await stage.colleague("Tomas")
  await maren.page.getByRole("button", { name: maren.texts["invite.title"] }).click()
  await maren.page.getByRole("dialog").getByText("Tomas").click()
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["invite.action_one"] }).click()
  await hannah.window.getByText(hannah.texts.joined.replace("{name}", "Tomas")).waitFor()
  await tomas.opens("Let me look at it.")
  await tomas.answers("There is a new one in the shop.")
  await hannah.sees("There is a new one in the shop.")
  await hannah.window.getByRole("log").getByText("T", { exact: true }).waitFor()
  // Who was assigned stays at the top.
  await expect.poll(() => pictures.count()).toBe(3)
  await screenshot(hannah.page, "team-joined")
})

/** How often the page's tabs have begun and ended to sound, together. */
const sounds = (page: Page) => page.evaluate(() => [localStorage.begun, localStorage.over].map((count) => Number(count ?? 0)))

story("a message sounds in one of several tabs", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.page.context().addInitScript(() => {
    const count = (name: string) => (localStorage[name] = Number(localStorage[name] ?? 0) + 1)
    const { createGain, close } = AudioContext.prototype as AudioContext
    AudioContext.prototype.createGain = function () {
      count("begun")
      return createGain.call(this)
    }
    AudioContext.prototype.close = function () {
      count("over")
      return close.call(this)
    }
  })
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("The battery switches off")
  const tabs = [hannah, await hannah.opensTab(), await hannah.opensTab()]
  for (const tab of tabs.slice(1)) {
    await tab.arrives("/about")
    await tab.opensWidget()
  }
  for (const tab of tabs) await tab.foldsWidget()
  await maren.opens("The battery switches off")
  await maren.answers("Let me look at it.")
  for (const tab of tabs) await tab.widget.getByText("Let me look at it.").first().waitFor()
  // When one is over, each of the others has had its turn as well.
  await expect.poll(() => sounds(hannah.page)).toEqual([1, 1])
})

story("outside the business hours the window says when somebody is back, and takes a message", async ({ stage }) => {
  const maren = await stage.operator()
  const settings = `${maren.url}/api/v1/operator/channels/1/settings`
  const form = await (await maren.page.request.get(settings)).json()
  await maren.asks("PUT", "/channels/1/settings", { ...form, away_message: "We are back on Monday at 9.", business_hours: { time_zone: "Europe/Berlin", week: [], holidays: [] } })
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.button.click()
  await hannah.sees("We are back on Monday at 9.")
  await screenshot(hannah.page, "team-closed")
  await hannah.leaves("Is the Alder Cargo available in green?", "jan.kowalczyk@poczta.pl")
  await maren.opens("Is the Alder Cargo available in green?")
})
