import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"
import type { Operator } from "../stage/operator"
import type { Visitor } from "../stage/visitor"

interface Rule {
  action: "show" | "show_with_notification" | "open_automatically" | "hide"
  url_regex?: string
  open_after?: number
}

/** What the form of a rule would write. */
async function adds({ page, url }: Operator, rule: Rule): Promise<void> {
  const data = { url_regex: "", countries: [], open_after: 0, ...rule }
  const answer = await page.request.post(`${url}/api/v1/operator/channels/1/rules`, { headers: { Origin: url }, data })
  expect(answer.status(), await answer.text()).toBe(201)
}

/** The page has asked what to do, and has been told. */
async function visits(visitor: Visitor, path = "/"): Promise<void> {
  const decided = visitor.page.waitForResponse((answer) => answer.url().endsWith("/decision"))
  await visitor.page.goto(visitor.website + path)
  await decided
}

story("the window opens by itself: once in a browser, and without taking the focus", async ({ stage }) => {
  const maren = await stage.operator()
  await adds(maren, { action: "open_automatically", open_after: 1 })
  const hannah = await stage.visitor()
  await visits(hannah)
  await hannah.page.getByRole("link", { name: "About us" }).focus()
  await hannah.field.waitFor()
  await screenshot(hannah.page, "widget-opened-by-itself")
  expect(await hannah.page.evaluate(() => document.activeElement?.textContent)).toBe("About us")
  await hannah.foldsWidget()
  const other = await hannah.opensTab()
  await other.page.clock.install()
  await other.arrives()
  await other.page.clock.runFor(5_000)
  expect(await other.field.isVisible()).toBe(false)
})

story("it does not open by itself on a phone, nor beside a conversation", async ({ stage }) => {
  const maren = await stage.operator()
  await adds(maren, { action: "open_automatically", open_after: 1 })
  for (const look of [PHONE, {}]) {
    const hannah = await stage.visitor(look)
    await hannah.page.clock.install()
    await hannah.arrives()
    if (look !== PHONE) {
      await hannah.opensWidget()
      await hannah.writes("Already here")
      await hannah.foldsWidget()
      await hannah.page.reload()
      await hannah.button.waitFor()
    }
    await hannah.page.clock.runFor(5_000)
    expect(await hannah.field.isVisible()).toBe(false)
    expect(await hannah.page.evaluate(() => localStorage.getItem("frontdesk.1.opened"))).toBeNull()
  }
})

story("each page of a single-page site has the button that its rule says", async ({ stage }) => {
  const maren = await stage.operator()
  await adds(maren, { action: "hide", url_regex: "/checkout" })
  await adds(maren, { action: "show_with_notification", url_regex: "/bikes" })
  const hannah = await stage.visitor()
  await hannah.arrives()
  const goesTo = (path: string) => hannah.page.evaluate((to) => history.pushState(null, "", to), path)
  await goesTo("/checkout")
  await hannah.button.waitFor({ state: "hidden" })
  await goesTo("/bikes")
  await hannah.widget.getByRole("button", { name: hannah.texts.dismiss }).waitFor()
  await goesTo("/")
  await hannah.widget.getByRole("button", { name: hannah.texts.dismiss }).waitFor({ state: "detached" })
  await hannah.button.waitFor()
})

story("whether somebody is there reaches a page that stays open", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.page.clock.install()
  await hannah.arrives()
  const choose = (choice: string) => maren.page.request.put(`${maren.url}/api/v1/operator/presence`, { headers: { Origin: maren.url }, data: { choice } })
  await choose("offline")
  await hannah.page.clock.runFor(61_000)
  await hannah.button.and(hannah.page.getByLabel(hannah.texts.away)).waitFor()
  await choose("online")
  await hannah.page.clock.runFor(61_000)
  await hannah.button.and(hannah.page.getByLabel(hannah.texts.away)).waitFor({ state: "detached" })
})
