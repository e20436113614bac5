import type { Locator, Page } from "playwright-core"
import { said } from "./said"
import { type Language, widgetTexts } from "./texts"
import type { Watch } from "./watch"

/** A person on the website. */
export class Visitor {
  readonly texts: ReturnType<typeof widgetTexts>

  constructor(
    readonly page: Page,
    readonly watch: Watch,
    readonly website: string,
    readonly language: Language,
  ) {
    this.texts = widgetTexts(language)
  }

  async arrives(path = "/"): Promise<void> {
    await this.page.goto(this.website + path)
    await this.button.waitFor()
  }

  /** The same person on the same website in another tab. */
  async opensTab(): Promise<Visitor> {
    return new Visitor(await this.page.context().newPage(), this.watch, this.website, this.language)
  }

  async opensWidget(): Promise<void> {
    await this.button.click()
    await this.field.waitFor()
  }

  /** Nobody is there: with an address to answer to. */
  async leaves(text: string, address: string): Promise<void> {
    await this.address.fill(address)
    await this.field.fill(text)
    await this.window.getByRole("button", { name: this.texts["extras.leave_send"] }).click()
    await this.sees(text)
  }

  async foldsWidget(): Promise<void> {
    await this.window.getByRole("button", { name: this.texts.fold }).click()
    await this.field.waitFor({ state: "hidden" })
  }

  async types(text: string): Promise<void> {
    await this.field.pressSequentially(text)
  }

  async writes(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press("Enter")
    await this.sees(text)
  }

  async sees(text: string): Promise<void> {
    await this.said(text).waitFor()
  }

  /** The round button in the corner of the website. */
  get button(): Locator {
    return this.widget.locator("button[aria-expanded]").first()
  }

  get widget(): Locator {
    return this.page.locator("frontdesk-widget")
  }

  get window(): Locator {
    return this.widget.getByRole("dialog")
  }

  get field(): Locator {
    return this.window.getByRole("textbox", { name: this.texts.message, exact: true })
  }

  /** Asked for where nobody is there. */
  get address(): Locator {
    return this.window.getByLabel(this.texts["extras.email"])
  }

  said(text: string): Locator {
    return said(this.messages, text)
  }

  get messages(): Locator {
    return this.window.getByRole("log")
  }
}
