import { readFileSync } from "node:fs"
import { findings } from "../stage/accessibility"
import type { Operator } from "../stage/operator"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"
import { told } from "../stage/told"
import type { Visitor } from "../stage/visitor"

const TEXTS = JSON.parse(readFileSync(new URL("../../translations/en/server.json", import.meta.url), "utf8")) as Record<string, string>
const bot = (name: string) => TEXTS[`chatbot.welcome_bot.${name}`]!

/** What the form of a rule would write: the Welcome Bot talks on every page (F12). */
async function bringsWelcomeBot(maren: Operator): Promise<void> {
  const { chatbots } = await (await maren.page.request.get(`${maren.url}/api/v1/operator/chatbots?archived=false`)).json()
  await maren.asks("POST", "/channels/1/rules", { action: "show", url_regex: "", countries: [], open_after: 0, chatbot: chatbots[0].id, chatbot_condition: "always" })
}

/** With the keyboard. */
async function picks({ window, page }: Visitor, answer: string): Promise<void> {
  const button = window.getByRole("group").getByRole("button", { name: answer })
  await button.focus()
  await page.keyboard.press("Enter")
  await button.waitFor({ state: "detached" })
}

async function arrivesAt(visitor: Visitor): Promise<void> {
  await visitor.arrives()
  await visitor.button.click()
  await visitor.sees(bot("question"))
}

story("a chatbot asks, forwards to an operator, and the operator sees what was said", async ({ stage }) => {
  const maren = await stage.operator()
  await bringsWelcomeBot(maren)
  const hannah = await stage.visitor()
  await arrivesAt(hannah)
  await hannah.window.getByPlaceholder(hannah.texts["extras.choose"]).waitFor()
  await screenshot(hannah.page, "chatbot-greeting")
  expect(await findings(hannah.page)).toEqual([])
  expect(await hannah.page.evaluate(() => Object.keys(localStorage)), "greeting stores nothing").toEqual([])
  await picks(hannah, bot("pricing"))
  await hannah.sees(bot("pricing"))
  await hannah.window.getByText(hannah.texts.joined.replace("{name}", "Maren Kaya")).waitFor()
  await screenshot(hannah.page, "chatbot-forwarded")
  await maren.opens(bot("checking"))
  await maren.sees(bot("question"))
  await maren.answers("Which bike is it?")
  await hannah.sees("Which bike is it?")
  await hannah.writes("The Alder Tour")
})

story("nobody is there: the chatbot asks for an address, a second time where it is none, and may begin anew", async ({ stage }) => {
  const maren = await stage.operator()
  await bringsWelcomeBot(maren)
  await maren.isThere("offline")
  const hannah = await stage.visitor({ ...PHONE, colorScheme: "dark" })
  await arrivesAt(hannah)
  await picks(hannah, bot("pricing"))
  await hannah.sees(bot("email"))
  await hannah.field.fill("jan at home")
  await hannah.field.press("Enter")
  await hannah.sees("jan at home")
  await screenshot(hannah.page, "chatbot-address")

  // A script goes on after a reload.
  await hannah.page.reload()
  await hannah.sees(bot("email"))
  await hannah.field.fill("jan.kowalczyk@poczta.pl")
  await hannah.field.press("Enter")
  await hannah.window.getByText(hannah.texts["extras.chatbot_ended"]).waitFor()
  await screenshot(hannah.page, "chatbot-ended")
  expect(await findings(hannah.page)).toEqual([])
  await hannah.window.getByRole("button", { name: hannah.texts["extras.restart"] }).last().click()
  await picks(hannah, bot("just_looking"))
  await hannah.sees(bot("look_around"))
})

story("an answer opens its page, where the chatbot goes on; a second tab shows the same", async ({ stage }) => {
  const maren = await stage.operator()
  await bringsWelcomeBot(maren)
  const hannah = await stage.visitor()
  await hannah.arrives("/about")
  await hannah.button.click()
  await hannah.sees(bot("question"))
  const second = await hannah.opensTab()
  await arrivesAt(second)
  await picks(hannah, bot("documentation"))
  await hannah.page.waitForURL(`${hannah.website}/`)
  for (const tab of [hannah, second]) {
    await tab.sees(bot("hope_it_helps"))
    expect(await told(tab, [bot("documentation"), bot("documentation_here")])).toEqual([bot("documentation"), bot("documentation_here")])
    expect(await tab.window.getByRole("group").getByRole("button").count()).toBe(0)
  }
})

story("a chatbot types before it speaks, unless its visitor wants no motion; in Arabic from right to left", async ({ stage }) => {
  const maren = await stage.operator()
  await bringsWelcomeBot(maren)
  const layla = await stage.visitor({ language: "ar", reducedMotion: "no-preference" })
  await layla.arrives()
  await layla.button.click()
  await layla.window.getByText(layla.texts.typing.replace("{name}", bot("name"))).waitFor()
  await layla.sees(bot("question"))
  await layla.window.getByRole("group").getByRole("button").first().waitFor()
  await screenshot(layla.page, "chatbot-arabic")
})
