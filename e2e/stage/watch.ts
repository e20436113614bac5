import type { BrowserContext, Page } from "playwright-core"

/** Everything that goes wrong on the pages of a person: CSP reports, console errors, exceptions. */
export class Watch {
  #faults: string[] = []
  #allowed: RegExp[] = []

  constructor(context: BrowserContext) {
    context.on("page", (page) => this.#follow(page))
  }

  /** What this story brings about on purpose. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns)
  }

  get faults(): string[] {
    return this.#faults.filter((fault) => !this.#allowed.some((pattern) => pattern.test(fault)))
  }

  #follow(page: Page): void {
    page.on("pageerror", (error) => this.#faults.push(`exception: ${error.message}`))
    page.on("crash", () => this.#faults.push(`crash: ${page.url()}`))
    page.on("console", (message) => {
      // Chromium reports what a policy refuses as an error, what it only reports as a warning.
      const isReport = message.text().includes("Content Security Policy")
      if (message.type() !== "error" && !isReport) return
      this.#faults.push(`${message.type()}: ${message.text()} (${message.location().url})`)
    })
  }
}
