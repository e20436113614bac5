import type { Browser, BrowserContextOptions } from "playwright-core"
import { expect, test } from "vitest"
import { startBrowser } from "./browser"
import { Frontdesk } from "./frontdesk"
import { ADMINISTRATOR, Operator } from "./operator"
import type { Language } from "./texts"
import { Visitor } from "./visitor"
import { Watch } from "./watch"
import { Website } from "./website"

/** How a person looks at a page. */
export interface Look extends BrowserContextOptions {
  language?: Language
  /** Address at which this person reaches Frontdesk, where it is not the server's own. */
  server?: string
}

export const PHONE: Look = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** Brings the people of a story in. Nothing may go wrong on any of their pages. */
export class Stage {
  #watches: Watch[] = []
  #websites: Website[] = []

  constructor(
    readonly frontdesk: Frontdesk,
    readonly browser: Browser,
  ) {}

  /** A visitor on a website whose language is the visitor's. */
  async visitor(look: Look = {}): Promise<Visitor> {
    const language = look.language ?? "en"
    const website = await Website.start(look.server ?? this.frontdesk.url, language)
    this.#websites.push(website)
    const { page, watch } = await this.#newPage(look)
    return new Visitor(page, watch, website.url, language)
  }

  /** The first administrator, signed in and looking at the conversations. */
  async operator(look: Look = {}): Promise<Operator> {
    const operator = await this.newcomer(look)
    await operator.isSetUp(this.frontdesk.setupLink)
    await operator.opensConsole()
    return operator
  }

  /** A colleague of the administrator, signed in, in the default channel, and looking at the conversations. */
  async colleague(name: string, look: Look = {}): Promise<Operator> {
    const email = `${name.toLowerCase()}@example.com`
    await this.frontdesk.addsOperator(name, email, ADMINISTRATOR.password)
    const operator = await this.newcomer(look)
    await operator.isSignedIn(email)
    await operator.asks("PUT", "/channels/1/membership")
    await operator.opensConsole()
    return operator
  }

  /** Somebody in front of the console who is not signed in. */
  async newcomer(look: Look = {}): Promise<Operator> {
    const { page, watch } = await this.#newPage(look)
    return new Operator(page, watch, look.server ?? this.frontdesk.url, look.language ?? "en")
  }

  async clear(): Promise<void> {
    const faults = this.#watches.flatMap((watch) => watch.faults)
    await Promise.all(this.browser.contexts().map((context) => context.close()))
    await Promise.all(this.#websites.map((website) => website.stop()))
    expect(faults, "faults on the pages").toEqual([])
  }

  async #newPage(look: Look) {
    const { language = "en", server: _, ...options } = look
    const context = await this.browser.newContext({
      locale: language === "es" ? "es-ES" : "en-US",
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
      ...options,
    })
    context.setDefaultTimeout(8_000)
    const watch = new Watch(context)
    this.#watches.push(watch)
    return { page: await context.newPage(), watch }
  }
}

/** A story: told on a stage with a server of its own. */
export const story = test.extend<{ stage: Stage; frontdesk: Frontdesk; browser: Browser }>({
  // Vitest reads from the pattern which fixtures this one needs: none.
  browser: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await startBrowser()
      await use(browser)
      await browser.close()
    },
    { scope: "file" },
  ],
  // oxlint-disable-next-line no-empty-pattern
  frontdesk: async ({}, use) => {
    const frontdesk = await Frontdesk.start()
    await use(frontdesk)
    await frontdesk.remove()
  },
  stage: async ({ frontdesk, browser }, use) => {
    const stage = new Stage(frontdesk, browser)
    await use(stage)
    // Where it finds a fault, the fixtures below it are not taken down any more.
    await stage.clear().finally(() => frontdesk.remove())
  },
})

export { expect } from "vitest"
