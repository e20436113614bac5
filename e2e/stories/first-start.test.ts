import { readdir } from "node:fs/promises"
import { ADMINISTRATOR } from "../stage/operator"
import { screenshot } from "../stage/screenshot"
import { expect, story } from "../stage/story"

// Chromium writes every answer that is not a success to the console.
const WRONG_PASSWORD = /status of 401/
const LINK_IS_USED = /status of 410/

story("the setup link makes the first administrator, who lands in the console", async ({ stage, frontdesk }) => {
  const maren = await stage.newcomer()
  await maren.page.goto(frontdesk.setupLink)
  await maren.page.getByLabel(maren.texts["setup.name"]).waitFor()
  await screenshot(maren.page, "setup")
  await maren.page.getByLabel(maren.texts["setup.name"]).fill(ADMINISTRATOR.name)
  await maren.page.getByLabel(maren.texts["signin.email"]).fill(ADMINISTRATOR.email)
  await maren.page.getByLabel(maren.texts["signin.password"], { exact: true }).fill(ADMINISTRATOR.password)
  await maren.page.getByRole("button", { name: maren.texts["setup.action"] }).click()
  await maren.page.getByRole("heading", { name: maren.texts["discuss.empty"] }).waitFor()
  await screenshot(maren.page, "console-empty")
  expect(maren.page.url()).toBe(`${frontdesk.url}/console/#/discuss`)
})

story("the setup link works once", async ({ stage, frontdesk }) => {
  await stage.operator()
  const latecomer = await stage.newcomer()
  latecomer.watch.allow(LINK_IS_USED)
  await latecomer.page.goto(frontdesk.setupLink)
  await latecomer.page.getByRole("heading", { name: latecomer.texts["setup.invalid_title"] }).waitFor()
  await screenshot(latecomer.page, "setup-used")
})

story("an operator signs out, mistypes the password, and signs in again", async ({ stage }) => {
  const maren = await stage.operator()
  maren.watch.allow(WRONG_PASSWORD)
  await maren.opensPersonMenu()
  await screenshot(maren.page, "person-menu")
  await maren.page.getByRole("button", { name: maren.texts["user.sign_out"] }).click()
  await maren.page.getByLabel(maren.texts["signin.email"]).fill(ADMINISTRATOR.email)
  await maren.page.getByLabel(maren.texts["signin.password"], { exact: true }).fill("wrong horse battery")
  await maren.page.getByRole("button", { name: maren.texts["signin.action"] }).click()
  await maren.page.getByRole("alert").waitFor()
  await screenshot(maren.page, "signin-wrong")
  await maren.signsIn()
})

story("the first start tells where everything is", async ({ frontdesk }) => {
  expect(frontdesk.output).toContain(frontdesk.setupLink)
  expect(frontdesk.output).toContain(`http://localhost:${frontdesk.port}/demo/`)
  expect(frontdesk.output).toContain(frontdesk.folder)
  expect(await readdir(frontdesk.folder)).not.toEqual([])
})
