import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, type Look, PHONE, story } from "../stage/story"

const LOOKS: [name: string, look: Look][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { ...PHONE, colorScheme: "light" }],
]

story("an unlabelled button inside the widget is found", async ({ stage }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  await hannah.widget.evaluate((host) => host.shadowRoot?.append(document.createElement("button")))
  expect((await findings(hannah.page)).join("\n")).toContain("button-name")
})

for (const [name, look] of LOOKS) {
  story(`axe finds nothing on the widget: ${name}`, async ({ stage }) => {
    const maren = await stage.operator()
    const hannah = await stage.visitor(look)
    await hannah.arrives()
    expect(await findings(hannah.page), "button").toEqual([])
    await hannah.opensWidget()
    expect(await findings(hannah.page), "welcome").toEqual([])
    await hannah.writes("Is anybody here?")
    await maren.opens("Is anybody here?")
    await maren.answers("Here I am.")
    await hannah.sees("Here I am.")
    expect(await findings(hannah.page), "conversation").toEqual([])
    await screenshot(hannah.page, `widget-${name}`)
  })

  story(`axe finds nothing on the console: ${name}`, async ({ stage, frontdesk }) => {
    const maren = await stage.newcomer(look)
    await maren.page.goto(`${frontdesk.url}/console/`)
    await maren.page.getByLabel(maren.texts["signin.email"]).waitFor()
    expect(await findings(maren.page), "sign in").toEqual([])
    await screenshot(maren.page, `console-signin-${name}`)
    await maren.page.goto(frontdesk.setupLink)
    await maren.page.getByLabel(maren.texts["setup.name"]).waitFor()
    expect(await findings(maren.page), "setup").toEqual([])

    await maren.isSetUp(frontdesk.setupLink)
    await maren.opensConsole()
    expect(await findings(maren.page), "no conversation").toEqual([])
    const hannah = await stage.visitor()
    await hannah.arrives()
    await hannah.opensWidget()
    await hannah.writes("Is anybody here?")
    await maren.opens("Is anybody here?")
    await maren.answers("Here I am.")
    expect(await findings(maren.page), "conversation").toEqual([])
    await screenshot(maren.page, `console-${name}`)
    await maren.page.goto(`${frontdesk.url}/console/#/channels`)
    await maren.page.getByText("YourWebsite.com").first().waitFor()
    expect(await findings(maren.page), "channels").toEqual([])
    await screenshot(maren.page, `console-channels-${name}`)
    await maren.page.goto(`${frontdesk.url}/console/#/preferences`)
    await maren.page.getByRole("textbox").first().waitFor()
    expect(await findings(maren.page), "preferences").toEqual([])
    await screenshot(maren.page, `console-preferences-${name}`)
  })
}
