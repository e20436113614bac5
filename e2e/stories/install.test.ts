import { expect, story } from "../stage/story"

interface Manifest {
  start_url: string
  icons: { src: string; type: string }[]
}

story("a browser offers to install the console", async ({ stage, frontdesk }) => {
  const maren = await stage.operator()
  const browser = await maren.page.context().newCDPSession(maren.page)
  const found = (await browser.send("Page.getAppManifest")) as { url: string; errors: unknown[]; data?: string }
  expect(found.errors).toEqual([])
  expect(found.url).toBe(`${frontdesk.url}/console/console.webmanifest`)
  const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors")
  // A story runs in a window that leaves no trace, where nothing is installed.
  expect(installabilityErrors.map((it) => it.errorId).filter((it) => it !== "in-incognito")).toEqual([])

  const manifest = JSON.parse(found.data ?? "") as Manifest
  for (const { src, type } of manifest.icons) {
    const icon = await maren.page.request.get(frontdesk.url + src)
    expect(icon.headers()["content-type"], src).toBe(type)
  }
  expect(manifest.start_url).toBe("/console/")
})
