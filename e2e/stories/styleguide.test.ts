import { afterAll, beforeAll } from "vitest"
import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, type Look, PHONE, story } from "../stage/story"
import { Styleguide } from "../stage/styleguide"

const LOOKS: [name: string, look: Look][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { ...PHONE, colorScheme: "light" }],
]

let styleguide: Styleguide
beforeAll(async () => (styleguide = await Styleguide.build()))
afterAll(() => styleguide.remove())

for (const [name, look] of LOOKS) {
  story(`axe finds nothing on the building blocks in all their states: ${name}`, async ({ stage }) => {
    const { page } = await stage.newcomer(look)
    await page.goto(styleguide.url)
    await page.getByRole("heading", { level: 1 }).waitFor()
    expect(await findings(page)).toEqual([])
    const { width = 0 } = page.viewportSize() ?? {}
    await page.setViewportSize({ width, height: 2400 })
    await screenshot(page, `styleguide-${name}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
}
