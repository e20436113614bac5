import { createHmac } from "node:crypto"
import type { Page } from "playwright-core"
import type { Frontdesk, FrontdeskCall } from "../../web/widget/frontdesk"
import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"
import { told } from "../stage/told"

declare global {
  /** What the page has heard from the widget, in order. */
  var heard: unknown[][]
}

const EVENTS = ["ready", "open", "close", "unread", "message", "status", "conversation_started", "conversation_ended", "error"]

/** The page writes down all events; it asks for them before the loader is there. */
async function listen(page: Page, ...calls: unknown[][]): Promise<void> {
  await page.addInitScript(
    ([events, calls]) => {
      globalThis.heard = []
      const note = (name: string) => ["on", name, (...values: unknown[]) => void heard.push([name, ...values])]
      Object.assign(window, { Frontdesk: [...events.map(note), ...calls] })
    },
    [EVENTS, calls] as const,
  )
}

function heardBy(page: Page): Promise<string[]> {
  return page.evaluate(() => heard.map(([name]) => name as string))
}

story("what the page asked for before the loader came is done", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await listen(hannah.page, ["prefill", "About order 4711:"], ["setTheme", "dark"], ["setLocale", "es"], ["open"])
  await hannah.page.goto(hannah.website)
  const field = hannah.window.getByRole("textbox")
  await field.waitFor()
  await expect.poll(() => field.inputValue()).toBe("About order 4711:")
  await expect.poll(() => hannah.widget.getAttribute("lang")).toBe("es")
  expect(await hannah.window.evaluate((it) => getComputedStyle(it).colorScheme)).toBe("dark")
  expect(await maren.list.getByRole("link").count(), "nothing was sent").toBe(0)
  expect(await heardBy(hannah.page)).toEqual(expect.arrayContaining(["ready", "status", "open"]))
})

story("the page hears what happens in the widget", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await listen(hannah.page)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Do you hear me?")
  await hannah.writes("And now?")
  await maren.opens("And now?")
  await hannah.foldsWidget()
  await maren.answers("Loud and clear")
  const found = (event: unknown[]) => expect.poll(() => hannah.page.evaluate(() => heard)).toContainEqual(event)
  await found(["ready"])
  await found(["status", true])
  await found(["conversation_started"])
  await found(["close"])
  await found(["message", expect.objectContaining({ author: "visitor", text: "Do you hear me?" })])
  await found(["message", expect.objectContaining({ author: "visitor", text: "And now?" })])
  await found(["message", expect.objectContaining({ author: "operator", name: "Maren Kaya", text: "Loud and clear" })])
  await found(["unread", 1])
  await maren.page.getByRole("button", { name: maren.texts["conversation.end"] }).first().click()
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["conversation.end"] }).click()
  await found(["conversation_ended", "operator"])
})

story("the page shows, hides, opens, folds, and words the widget", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  const call = (...call: FrontdeskCall) => hannah.page.evaluate((it) => void window.Frontdesk!.push(it), call)
  await call("open")
  await hannah.field.waitFor()
  await call("toggle")
  await hannah.field.waitFor({ state: "hidden" })
  await call("toggle")
  await hannah.field.waitFor()
  await call("close")
  await hannah.field.waitFor({ state: "hidden" })
  await call("hide")
  await hannah.button.waitFor({ state: "hidden" })
  await call("show")
  await hannah.button.waitFor()

  await call("setLocale", "ar")
  await expect.poll(() => hannah.widget.getAttribute("dir")).toBe("rtl")
  await call("setLocale", null)
  await expect.poll(() => hannah.widget.getAttribute("dir")).toBe("ltr")
  await call("destroy")
  await hannah.widget.waitFor({ state: "detached" })
  expect(await hannah.page.evaluate(() => "Frontdesk" in window)).toBe(false)
})

story("a listener is called once, or no more, as the page says", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.page.evaluate(() => {
    globalThis.heard = []
    const note = (name: string) => () => void heard.push([name])
    const [always, never] = [note("always"), note("never")]
    window.Frontdesk!.push(["on", "open", always], ["once", "open", note("once")], ["on", "open", never], ["off", "open", never])
  })
  await hannah.opensWidget()
  await hannah.foldsWidget()
  await hannah.opensWidget()
  expect(await heardBy(hannah.page)).toEqual(["always", "once", "always"])
})

story("a mistake in the page's listener does not stop the widget", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  hannah.watch.allow(/exception: the page's own mistake/)
  await hannah.arrives()
  await hannah.page.evaluate(() => {
    const mistake = () => {
      throw new Error("the page's own mistake")
    }
    window.Frontdesk!.push(["on", "open", mistake])
  })
  await hannah.opensWidget()
  await hannah.writes("Unimpressed")
})

story("the page says who the visitor is, signed or not, and that somebody else is here now", async ({ stage }) => {
  const maren = await stage.operator()
  const { secret } = await (await maren.page.request.get(`${maren.url}/api/v1/operator/channels/1/secret`)).json()
  const hannah = await stage.visitor()
  const isTold = () => hannah.page.waitForResponse((answer) => answer.url().endsWith("/identity"))
  const calls = (...queue: FrontdeskCall[]) => hannah.page.evaluate((told) => (window.Frontdesk as Frontdesk).push(...told), queue)
  await hannah.arrives()
  await calls(["identify", { name: "Ana Souza", email: "ana@example.com", attributes: { plan: "gold" } }])
  await hannah.opensWidget()
  const first = isTold()
  await hannah.writes("Can I change my plan?")
  await first
  await maren.opens("Can I change my plan?")
  for (const known of ["Ana Souza", "ana@example.com", "gold"]) await maren.page.getByText(known).first().waitFor()
  const second = isTold()
  await calls(["identify", { user_id: "42", signature: createHmac("sha256", secret).update("42").digest("hex") }])
  await second
  await maren.page.reload()
  await maren.page.getByText("42", { exact: true }).first().waitFor()
  await screenshot(maren.page, "identity-console")

  const refused = hannah.page.evaluate(() => new Promise((told) => (window.Frontdesk as Frontdesk).once("error", told)))
  hannah.watch.allow(/422/)
  await calls(["identify", { user_id: "43", signature: "00" }])
  expect(await refused).toBe("signature_invalid")

  await hannah.field.fill("Half a sentence")
  await calls(["logout"])
  await expect.poll(() => hannah.said("Can I change my plan?").count()).toBe(0)
  expect(await hannah.field.inputValue()).toBe("")
  expect(await hannah.page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await hannah.writes("Somebody else asks")
  await maren.opens("Somebody else asks")
  await maren.messages.getByText("Somebody else asks").waitFor()
  expect(await told(maren, ["Can I change my plan?"])).toEqual([])
})
