import type { Locator, Page } from "playwright-core"
import { expect } from "vitest"
import { said } from "./said"
import { consoleTexts, type Language } from "./texts"
import type { Watch } from "./watch"

export const ADMINISTRATOR = { name: "Maren Kaya", email: "maren@example.com", password: "correct horse battery" }

type Presence = "online" | "away" | "busy" | "offline"

/** A person in front of the console. */
export class Operator {
  readonly texts: ReturnType<typeof consoleTexts>

  constructor(
    readonly page: Page,
    readonly watch: Watch,
    readonly url: string,
    readonly language: Language,
  ) {
    this.texts = consoleTexts(language)
  }

  /** Becomes the first administrator without looking at the form, which has a story of its own. */
  async isSetUp(setupLink: string): Promise<void> {
    const token = new URLSearchParams(setupLink.split("?")[1]).get("token")
    const answer = await this.page.request.post(`${this.url}/api/v1/operator/setup`, {
      headers: { Origin: this.url },
      data: { token, ...ADMINISTRATOR, language: this.language },
    })
    expect(answer.status(), await answer.text()).toBe(201)
  }

  /** Signs in without looking at the form, which has a story of its own. */
  async isSignedIn(email: string): Promise<void> {
    await this.asks("POST", "/session", { email, password: ADMINISTRATOR.password, remember: true })
  }

  /** Asks the API as this person's browser would. */
  async asks(method: string, path: string, data?: unknown): Promise<void> {
    const answer = await this.page.request.fetch(`${this.url}/api/v1/operator${path}`, {
      method,
      headers: { Origin: this.url },
      data: data ?? {},
    })
    expect(answer.ok(), await answer.text()).toBe(true)
  }

  /** Writes some fields of the first channel's form. */
  async setsChannel(fields: Record<string, unknown>): Promise<void> {
    const path = "/channels/1/settings"
    const form = await (await this.page.request.get(`${this.url}/api/v1/operator${path}`)).json()
    await this.asks("PUT", path, { ...form, ...fields })
  }

  async opensConsole(): Promise<void> {
    await this.page.goto(`${this.url}/console/`)
    await this.list.waitFor()
    // Before that, visitors are told that nobody is there.
    await this.shows("online")
  }

  /** The dot on the own picture. */
  async shows(presence: Presence): Promise<void> {
    const told = this.texts["user.open"].replace("{presence}", this.texts[`presence.${presence}`])
    await this.page.getByText(told).waitFor({ state: "attached" })
  }

  async signsIn(): Promise<void> {
    await this.page.getByLabel(this.texts["signin.email"]).fill(ADMINISTRATOR.email)
    await this.page.getByRole("textbox", { name: this.texts["signin.password"], exact: true }).fill(ADMINISTRATOR.password)
    await this.page.getByRole("button", { name: this.texts["signin.action"] }).click()
    await this.personMenu.waitFor()
  }

  /** The same person in another tab. */
  async opensTab(): Promise<Operator> {
    const other = new Operator(await this.page.context().newPage(), this.watch, this.url, this.language)
    await other.opensConsole()
    return other
  }

  async opensPersonMenu(): Promise<void> {
    await this.personMenu.click()
  }

  /** Opens the conversation whose row shows this text. */
  async opens(text: string): Promise<void> {
    await this.list.getByRole("link").filter({ hasText: text }).click()
    await this.messages.waitFor()
  }

  /** The rows below a heading of the list. */
  below(heading: string): Locator {
    return this.list.getByRole("region", { name: heading }).getByRole("link")
  }

  async ends(): Promise<void> {
    await this.page.getByRole("button", { name: this.texts["thread.more"] }).click()
    await this.page.getByRole("menuitem", { name: this.texts["conversation.end"] }).click()
    await this.page.getByRole("dialog").getByRole("button", { name: this.texts["conversation.end"] }).click()
    await this.field.waitFor({ state: "detached" })
  }

  /** By the menu's choice of presence: visitors are told when nobody is there. */
  async isThere(choice: "online" | "offline"): Promise<void> {
    await this.asks("PUT", "/presence", { choice })
  }

  /** By the segments of the information panel. */
  async setsStatus(name: string): Promise<void> {
    const status = this.page.getByRole("radiogroup", { name: this.texts["status.label"] })
    await status.getByText(name).click()
    await expect.poll(() => status.getByRole("radio", { name }).isChecked()).toBe(true)
  }

  async takes(): Promise<void> {
    await this.page.getByRole("button", { name: this.texts["conversation.take"] }).last().click()
    await this.field.waitFor()
  }

  async types(text: string): Promise<void> {
    await this.field.pressSequentially(text)
  }

  async answers(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press("Enter")
    await this.sees(text)
  }

  /** Writes anew what was said by this operator, with the buttons that the pointer brings up. */
  async edits(text: string, anew: string): Promise<void> {
    await this.said(text).hover()
    await this.messages.getByRole("button", { name: this.texts["message.edit"] }).click()
    await this.editor.fill(anew)
    await this.editor.press("Enter")
    await this.editor.waitFor({ state: "detached" })
  }

  async deletes(text: string): Promise<void> {
    await this.said(text).hover()
    await this.messages.getByRole("button", { name: this.texts["message.delete"] }).click()
    await this.said(text).waitFor({ state: "detached" })
  }

  async sees(text: string): Promise<void> {
    await this.said(text).waitFor()
  }

  async goesTo(page: "discuss" | "channels"): Promise<void> {
    await this.page.getByRole("navigation", { name: this.texts["nav.label"] }).getByRole("link", { name: this.texts[`nav.${page}`] }).click()
    await this.page.waitForURL(`**/#/${page}`)
  }

  /** The window at the bottom of the page that shows the conversation with this visitor. */
  chatWindow(name: string): Locator {
    return this.page.getByRole("region", { name: this.texts["windows.one"].replace("{name}", name) })
  }

  /** What lies over the page when the session has ended. */
  get again(): Locator {
    return this.page.getByRole("dialog", { name: this.texts["signin.again"] })
  }

  get personMenu(): Locator {
    return this.page.getByRole("banner").getByRole("button", { expanded: false }).last()
  }

  get list(): Locator {
    return this.page.getByRole("navigation", { name: this.texts["list.label"] })
  }

  said(text: string): Locator {
    return said(this.messages, text)
  }

  get messages(): Locator {
    return this.page.getByRole("log", { name: this.texts["thread.messages"] })
  }

  /** The field for a new message, which stands below the one where a message is edited. */
  get field(): Locator {
    return this.page.getByRole("region", { name: this.texts["thread.label"] }).getByRole("textbox").last()
  }

  get editor(): Locator {
    return this.messages.getByRole("textbox", { name: this.texts["message.edit"] })
  }
}
