import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"

story("a closed widget costs two requests and keeps nothing", async ({ stage, frontdesk }) => {
  await stage.operator()
  const hannah = await stage.visitor()
  const requests: string[] = []
  hannah.page.on("request", (request) => {
    if (request.url().startsWith(frontdesk.url)) requests.push(new URL(request.url()).pathname)
  })
  await hannah.arrives()
  await hannah.page.waitForLoadState("networkidle")
  expect(requests).toEqual(["/embed/1.js", "/api/v1/visitor/channels/1/decision"])
  expect(await hannah.page.context().cookies()).toEqual([])
  expect(await hannah.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
})

story("the widget moves nothing on the page and stays on the next page", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.arrives()
  const heading = hannah.page.getByRole("heading", { name: "Alder Cycles" })
  const before = await heading.boundingBox()
  await hannah.opensWidget()
  await hannah.writes("Here on the first page")
  expect(await heading.boundingBox()).toEqual(before)

  await hannah.page.getByRole("link", { name: "About us" }).click()
  await hannah.page.waitForURL("**/about")
  await hannah.sees("Here on the first page")
  await maren.opens("Here on the first page")
})

story("the direct link is nothing but the window", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.page.goto(`${frontdesk.url}/chat/1`)
  await hannah.field.waitFor()
  await screenshot(hannah.page, "direct-link")
  await hannah.writes("Written on the direct link")
  await maren.opens("Written on the direct link")
  await maren.answers("Read in the console")
  await hannah.sees("Read in the console")
})

story("the demonstration site embeds the widget", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.page.goto(`http://localhost:${frontdesk.port}/demo/`)
  await hannah.button.waitFor()
  await screenshot(hannah.page, "demo")
  await hannah.opensWidget()
  await screenshot(hannah.page, "demo-open")
  await hannah.writes("Seen in the shop")
  await maren.opens("Seen in the shop")
})
