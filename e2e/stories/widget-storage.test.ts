import { expect, story } from "../stage/story"
import type { Visitor } from "../stage/visitor"

async function stored({ page }: Visitor) {
  const onPage = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: "caches" in window ? await caches.keys() : [],
  }))
  return { ...onPage, cookies: await page.context().cookies() }
}

const NOTHING = { local: [], session: [], databases: [], caches: [], cookies: [] }

story("nothing is stored before the visitor acts, and no cookie ever", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  const cookies: string[] = []
  hannah.page.on("response", async (response) => {
    if (await response.headerValue("set-cookie")) cookies.push(response.url())
  })
  await hannah.arrives()
  await hannah.page.getByRole("link", { name: "About us" }).click()
  await hannah.button.waitFor()
  expect(await stored(hannah)).toEqual(NOTHING)

  await hannah.opensWidget()
  expect(await stored(hannah), "opened").toEqual({ ...NOTHING, session: ["frontdesk.1.open"] })
  await hannah.foldsWidget()
  expect(await stored(hannah), "folded").toEqual(NOTHING)

  await hannah.opensWidget()
  await hannah.writes("Now something is kept")
  await maren.opens("Now something is kept")
  await maren.answers("But no cookie")
  await hannah.sees("But no cookie")
  const { local, ...others } = await stored(hannah)
  expect(local).toContain("frontdesk.1.secret")
  expect(others).toEqual({ session: ["frontdesk.1.open"], databases: [], caches: [], cookies: [] })
  expect(cookies).toEqual([])
})

story("where storage is refused, chatting works for as long as the page lives", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("Access is denied for this document.", "SecurityError")
        },
      })
    }
  })
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("I refuse to be stored")
  await maren.opens("I refuse to be stored")
  await maren.answers("As you like")
  await hannah.sees("As you like")
  await hannah.foldsWidget()
  await hannah.opensWidget()
  await hannah.writes("Still here")
  await maren.sees("Still here")
  await hannah.page.reload()
  await hannah.opensWidget()
  await hannah.writes("After the reload I am somebody new")
  await maren.opens("After the reload I am somebody new")
})

story("where third-party cookies and storage are blocked, the conversation outlives a reload", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  const chromium = await hannah.page.context().newCDPSession(hannah.page)
  await chromium.send("Network.enable")
  await chromium.send("Network.setCookieControls", { enableThirdPartyCookieRestriction: true })
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("I let nobody follow me")
  await maren.opens("I let nobody follow me")
  await maren.answers("We do not")
  await hannah.sees("We do not")
  await hannah.page.reload()
  await hannah.sees("We do not")
  await hannah.writes("Still me")
  await maren.sees("Still me")
  expect((await stored(hannah)).cookies).toEqual([])
})

story("where storage is full, chatting works", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await hannah.page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError")
    }
  })
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("There is no room left")
  await maren.opens("There is no room left")
  await maren.answers("We make some")
  await hannah.sees("We make some")
})
