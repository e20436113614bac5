import { readFile } from "node:fs/promises"
import { expect, story } from "../stage/story"
import type { Visitor } from "../stage/visitor"

/** Addresses of the pages that the loader asked a decision for. */
function decisionsOf({ page }: Visitor): string[] {
  const decisions: string[] = []
  page.on("request", (request) => {
    if (request.url().endsWith("/decision")) decisions.push(new URL((request.postDataJSON() as { url: string }).url).pathname)
  })
  return decisions
}

story("navigation without a load keeps the window, and asks again for the new page", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  const decisions = decisionsOf(hannah)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("On the first page")
  await hannah.page.evaluate(() => history.pushState({}, "", "/second"))
  await expect.poll(() => decisions, { timeout: 5_000 }).toEqual(["/", "/second"])
  await maren.opens("On the first page")
  await maren.answers("Still with you")
  await hannah.sees("Still with you")
})

for (const [name, swap] of [
  ["Turbo", () => document.documentElement.replaceChild(document.createElement("body"), document.body)],
  [
    "Astro",
    () => {
      const next = document.implementation.createHTMLDocument("Second page")
      document.head.replaceChildren(...Array.from(next.head.children))
      document.body.replaceWith(document.adoptNode(next.body))
      for (const { name } of Array.from(document.documentElement.attributes)) document.documentElement.removeAttribute(name)
    },
  ],
] as const) {
  story(`a page swapped as ${name} does it keeps the window, its focus and its text`, async ({ stage }) => {
    const maren = await stage.operator()
    const hannah = await stage.visitor()
    await hannah.arrives()
    await hannah.opensWidget()
    await hannah.writes("Before the swap")
    await hannah.types("Half a sent")
    await hannah.page.evaluate(swap as () => unknown)
    await hannah.page.evaluate(() => history.pushState({}, "", "/second"))
    await hannah.types("ence")
    expect(await hannah.field.inputValue()).toBe("Half a sentence")
    await maren.opens("Before the swap")
    await maren.answers("After the swap")
    await hannah.sees("After the swap")
  })
}

story("a page that removes the widget's element gets it back, as it was", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Please do not remove me")
  await hannah.widget.evaluate((element) => element.remove())
  await hannah.sees("Please do not remove me")
  await maren.opens("Please do not remove me")
  await maren.answers("Welcome back")
  await hannah.sees("Welcome back")
  await hannah.foldsWidget()
  await hannah.widget.evaluate((element) => element.remove())
  await hannah.opensWidget()
  expect(await hannah.page.locator("frontdesk-widget").count()).toBe(1)
})

story("a second channel on a page is refused, and says so to the developer", async ({ stage, frontdesk }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  hannah.watch.allow(/Frontdesk: channel 2: channel 1 is here/)
  const refusal = hannah.page.waitForEvent("console", (message) => message.text().includes("channel 2: channel 1 is here"))
  // There is one channel so far, so the second one's loader does not come from the server.
  const loader = await readFile(new URL("../../web/widget/dist/loader.js", import.meta.url), "utf8")
  const second = { contentType: "text/javascript", body: loader.replace("__FRONTDESK_CHANNEL__", "2") }
  await hannah.page.route("**/embed/2.js", (route) => route.fulfill(second))
  await hannah.arrives()
  await hannah.page.evaluate(embedAnother, `${frontdesk.url}/embed/2.js`)
  await refusal
  expect(await hannah.page.locator("frontdesk-widget").count()).toBe(1)
  await hannah.opensWidget()
})

story("the same script once more changes nothing", async ({ stage, frontdesk }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.types("Half a sentence")
  await hannah.page.evaluate(embedAnother, `${frontdesk.url}/embed/1.js`)
  expect(await hannah.page.locator("frontdesk-widget").count()).toBe(1)
  expect(await hannah.field.inputValue()).toBe("Half a sentence")
})

story("a destroyed widget leaves nothing running, and comes back with its conversation when it is embedded again", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  const decisions = decisionsOf(hannah)
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Before I am destroyed")
  await maren.opens("Before I am destroyed")
  await hannah.page.evaluate(() => window.Frontdesk!.push(["destroy"]))
  await hannah.widget.waitFor({ state: "detached" })
  await hannah.page.evaluate(() => history.pushState({}, "", "/second"))
  await maren.answers("While nobody listens")
  await hannah.page.evaluate(embedAnother, `${frontdesk.url}/embed/1.js`)
  await hannah.sees("While nobody listens")
  expect(decisions, "nothing was asked in between").toEqual(["/", "/second"])
})

/** Puts a script into the page, which its policy lets only a Trusted Types policy do; ends when it has run. */
async function embedAnother(address: string): Promise<void> {
  type Policies = { createPolicy(name: string, rules: object): { createScriptURL(address: string): string } }
  const { trustedTypes } = window as unknown as { trustedTypes: Policies }
  const policy = trustedTypes.createPolicy("page", { createScriptURL: (url: string) => url })
  const script = document.createElement("script")
  script.src = policy.createScriptURL(address)
  document.head.append(script)
  await new Promise((resolve) => (script.onload = resolve))
}
