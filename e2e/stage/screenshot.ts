import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"

const folder = fileURLToPath(new URL("../screenshots/", import.meta.url))

/** A picture to look at; no story depends on it. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}${name}.png`, animations: "disabled" })
}
