import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"

story("visitor and operator talk in Spanish", async ({ stage }) => {
  const lucia = await stage.operator({ language: "es" })
  const hugo = await stage.visitor({ language: "es" })
  await hugo.arrives()
  await hugo.opensWidget()
  expect(await hugo.widget.getAttribute("lang")).toBe("es")
  await screenshot(hugo.page, "spanish-widget-welcome")
  await hugo.writes("¿Ya está lista mi bici?")
  await lucia.opens("¿Ya está lista mi bici?")
  await lucia.answers("Sí, desde esta mañana.")
  await hugo.sees("Sí, desde esta mañana.")
  expect(await lucia.page.locator("html").getAttribute("lang")).toBe("es")
  await screenshot(hugo.page, "spanish-widget")
  await screenshot(lucia.page, "spanish-console")
})
