import { expect, PHONE, story } from "../stage/story"

const HALF_AN_HOUR = "30:02"

story("the desk and the phone of one operator show the same presence", async ({ stage }) => {
  const desk = await stage.operator()
  const phone = await stage.newcomer(PHONE)
  await phone.page.goto(`${phone.url}/console/`)
  await phone.signsIn()
  await phone.list.waitFor()
  for (const presence of ["busy", "away", "online"] as const) {
    await phone.opensPersonMenu()
    await phone.page.getByText(phone.texts[`presence.${presence}`], { exact: true }).click()
    await phone.page.keyboard.press("Escape")
    for (const device of [phone, desk]) await device.shows(presence)
  }
})

story("who gives no sign for half an hour is shown as gone, and is back with the first one", async ({ stage, frontdesk }) => {
  const maren = await stage.newcomer()
  const { page } = maren
  await maren.isSetUp(frontdesk.setupLink)
  await page.clock.install()
  const signs: string[] = []
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => signs.push(String(payload))))
  await maren.opensConsole()

  // The server's clock is another one: it is said here what it would answer by then.
  await page.route("**/api/v1/operator/session", async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), presence: "offline" } })
  })
  await page.clock.fastForward("29:00")
  await maren.shows("online")
  await page.clock.fastForward(HALF_AN_HOUR)
  await maren.shows("offline")

  await page.unroute("**/api/v1/operator/session")
  signs.length = 0
  await page.mouse.move(300, 300)
  await page.mouse.move(400, 400)
  await expect.poll(() => signs.filter((frame) => frame.includes("activity")).length).toBe(1)
})
