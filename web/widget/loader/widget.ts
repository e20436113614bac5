import type { Decision, ErrorBody } from "@frontdesk/protocol"
import type { ChatWindow, Setting, WindowScript } from "../contract"
import { element, icon, styleSheet } from "../dom/element"
import type { Frontdesk, FrontdeskCall, FrontdeskEvents, FrontdeskIdentity } from "../frontdesk"
import { key } from "../texts"
import type { Texts } from "../texts"
import { Events } from "./events"
import { flagsOf } from "./flags"
import type { Flags } from "./flags"
import { Launcher } from "./launcher"
import styles from "./loader.css"

// Looking is a comparison or two. It notices a new page, a lost element and the time to ask, on any site.
const LOOK_EVERY_MS = 1_000
// Operators come and go while a page stays open.
const ASK_EVERY_MS = 60_000
const ASK_AGAIN_MS = 10_000
const TOO_MANY_REQUESTS = 429
// The window fills narrower screens, and does not come over them by itself.
const FILLED_BELOW_PX = 480

/** Shows what the decision says: nothing, the button, the bubble, the window. It is also what the host page talks to. */
export class Widget implements Frontdesk {
  readonly channel: number
  #fullPage: boolean
  #flag: Flags
  #events = new Events()
  // Outside of `body`, where page transitions leave it alone.
  #host = document.createElement("frontdesk-widget")
  #root = this.#host.attachShadow({ mode: "open" })
  #launcher = new Launcher(() => this.toggle())
  #setting: Setting
  #decision: Decision | undefined
  #texts: Texts | undefined
  #chat: Promise<ChatWindow> | undefined
  #decided!: () => void
  #ready = new Promise<void>((resolve) => (this.#decided = resolve))
  #page: { url?: string; title?: string } = {}
  #locale: string | null | undefined
  #isOpen = false
  #isHidden = false
  #unread: [badge: string, text: string] = ["", ""]
  #timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
  #questions = 0
  #askedAt = 0
  #askedOn: string | undefined
  #opening: ReturnType<typeof setTimeout> | undefined

  // Lifecycle

  constructor(channel: number, origin: string, fullPage: boolean) {
    this.channel = channel
    this.#fullPage = fullPage
    this.#flag = flagsOf(channel)
    this.#setting = this.#newSetting(origin)
    this.#look()
  }

  destroy(): void {
    this.#rest()
    void this.#chat?.then((chat) => chat.destroy())
    this.#host.remove()
    delete window.Frontdesk
  }

  // Actions of the host page

  push(...calls: FrontdeskCall[]): void {
    for (const [verb, ...values] of calls) (this[verb] as (...values: unknown[]) => void)(...values)
  }

  open(): void {
    void this.#ready.then(() => this.#open(true))
  }

  close(): void {
    if (!this.#isOpen || this.#fullPage) return
    const hadFocus = this.#root.activeElement
    void this.#chat?.then((chat) => chat.hide())
    this.#setOpen(false)
    if (hadFocus) this.#launcher.button.focus()
  }

  toggle(): void {
    if (this.#isOpen) this.close()
    else this.open()
  }

  show(): void {
    this.#isHidden = false
    this.#draw()
  }

  hide(): void {
    this.#isHidden = true
    this.close()
    this.#draw()
  }

  prefill(text: string): void {
    this.#soon((chat) => chat.prefill(text))
  }

  identify(identity: FrontdeskIdentity): void {
    this.#setting.identity = identity
    void this.#chat?.then((chat) => chat.identify())
  }

  logout(): void {
    this.#setting.identity = undefined
    this.#soon((chat) => chat.logout())
  }

  setLocale(locale: string | null): void {
    this.#locale = locale
    void this.#ask()
  }

  setTheme(theme: "light" | "dark" | "auto"): void {
    this.#host.style.colorScheme = theme === "auto" ? "" : theme
  }

  on<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name], once?: boolean): void {
    // Who listens after the fact is told as well.
    if (name === "ready") void this.#ready.then(() => (listener as FrontdeskEvents["ready"])())
    else this.#events.on(name, listener, once)
  }

  once<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name]): void {
    this.on(name, listener, true)
  }

  off<Name extends keyof FrontdeskEvents>(name: Name, listener: FrontdeskEvents[Name]): void {
    this.#events.off(name, listener)
  }

  update(page: { url?: string; title?: string } = {}): void {
    this.#page = page
    void this.#ask()
  }

  // Internal: the decision

  #look(): void {
    if (!this.#host.isConnected) document.documentElement.append(this.#host)
    if (document.hidden) return
    if (location.href !== this.#askedOn) this.update()
    else if (Date.now() - this.#askedAt > (this.#decision ? ASK_EVERY_MS : ASK_AGAIN_MS)) void this.#ask()
  }

  async #ask(): Promise<void> {
    const question = ++this.#questions
    this.#askedAt = Date.now()
    this.#askedOn = location.href
    const { origin, page } = this.#setting
    const language = this.#locale || document.documentElement.lang || navigator.language
    try {
      // A string goes as text/plain, which needs no preflight.
      const body = JSON.stringify({ url: page().url, language })
      const answer = await fetch(`${origin}/api/v1/visitor/channels/${this.channel}/decision`, { method: "POST", body })
      const decision: Decision & ErrorBody = await answer.json()
      // Unknown, or not for this website: asking again would meet the same answer.
      if (decision.errors && answer.status < TOO_MANY_REQUESTS) return this.#giveUp(decision.errors[0]!)
      // A later question overtakes an earlier answer.
      if (answer.ok && question === this.#questions) await this.#follow(decision)
    } catch {
      // Out of reach: asked again in a while.
    }
  }

  async #follow(decision: Decision): Promise<void> {
    const before = this.#decision
    const speaks = !decision.available || decision.action === "show_with_notification"
    // A window understands the texts that were built with it.
    const fits = !this.#chat || before?.window === decision.window
    if (this.#texts ? before?.language_file !== decision.language_file && fits : speaks) this.#texts = await fetchTexts(decision)
    this.#decision = decision
    if (!before) this.#dress()
    this.#paint(decision)
    this.#draw()
    void this.#chat?.then((chat) => chat.renew(decision, this.#texts!))
    if (before?.available !== decision.available) this.#events.emit("status", decision.available)
    if (!before) this.#begin()
    const { open_after } = decision
    // Pages under the same rule count as one.
    if (before?.open_after === open_after) return
    clearTimeout(this.#opening)
    if (open_after! >= 0) this.#opening = setTimeout(() => this.#openItself(), open_after! * 1000)
  }

  /** The first decision is there: back to where the visitor was. */
  #begin(): void {
    if (this.#fullPage || this.#flag("open")) this.#open(this.#fullPage)
    else if (this.#flag("conversation")) this.#withWindow()
    this.#decided()
  }

  #giveUp({ code, detail }: ErrorBody["errors"][0]): void {
    console.error(`Frontdesk: channel ${this.channel}: ${detail}`)
    this.#events.emit("error", code)
    this.#rest()
  }

  #rest(): void {
    clearInterval(this.#timer)
    this.#questions += 1
  }

  // Internal: the window

  #open(focus: boolean): void {
    if (this.#isOpen) return
    this.#setOpen(true)
    this.#withWindow((chat) => this.#isOpen && chat.show(focus))
  }

  /** Once in a browser, and only in one that remembers it. */
  #openItself(): void {
    const isUnwanted = this.#isHidden || !this.#decision!.available || this.#flag("conversation") || this.#flag("opened") || innerWidth < FILLED_BELOW_PX
    if (!isUnwanted && this.#flag("opened", true)) this.#open(false)
  }

  #setOpen(open: boolean): void {
    clearTimeout(this.#opening)
    this.#isOpen = open
    this.#flag("open", open)
    this.#draw()
    this.#events.emit(open ? "open" : "close")
  }

  #soon(use: (chat: ChatWindow) => void): void {
    void this.#ready.then(() => this.#withWindow(use))
  }

  #withWindow(use?: (chat: ChatWindow) => void): void {
    this.#chat ??= this.#newWindow()
    this.#chat.then(use, () => {
      // The next press tries again, with new addresses where the server was upgraded.
      this.#chat = undefined
      this.close()
      void this.#ask()
    })
  }

  async #newWindow(): Promise<ChatWindow> {
    const decision = this.#decision!
    // Awaited together: a failure that nobody awaits would be reported as the page's own.
    const parts = [import(decision.window) as Promise<WindowScript>, this.#texts ?? fetchTexts(decision)] as const
    const [{ createWindow }, texts] = await Promise.all(parts)
    this.#texts ??= texts
    return createWindow(this.#setting, decision, this.#texts)
  }

  #newSetting(origin: string): Setting {
    return {
      frontdesk: this,
      origin,
      root: this.#root,
      dom: { element, icon, styleSheet },
      fullPage: this.#fullPage,
      page: () => ({ url: location.href, title: document.title, ...this.#page }),
      events: this.#events,
      launcher: this.#launcher.element,
      showUnread: (...unread) => {
        this.#unread = unread
        this.#draw()
      },
    }
  }

  // Internal: the button

  /** Not before there is something to show: a page that loads has enough to do. */
  #dress(): void {
    this.#root.adoptedStyleSheets = [styleSheet(styles)]
    if (!this.#fullPage) this.#root.append(this.#launcher.element)
  }

  #paint({ language, direction, colors }: Decision): void {
    const host = Object.assign(this.#host, { lang: language, dir: direction })
    for (const [name, color] of Object.entries(colors)) host.style.setProperty(`--${name}`, color)
  }

  #draw(): void {
    const decision = this.#decision
    if (!decision || this.#fullPage) return
    const launcher = this.#launcher
    const isOpen = this.#isOpen
    const { action, available, texts } = decision
    const isNew = !isOpen && !this.#flag("conversation")
    const away = isNew && !available
    launcher.element.hidden = this.#isHidden || (isNew && action === "hide")
    launcher.show(away ? this.#texts![key.away]! : texts.button, away, isOpen, this.#unread)
    const greets = isNew && available && action === "show_with_notification" && !this.#flag("dismissed")
    launcher.say(greets ? texts.notification : "", this.#texts?.[key.dismiss], () => {
      this.#flag("dismissed", true)
      this.#draw()
      launcher.button.focus()
    })
  }
}

async function fetchTexts({ language_file }: Decision): Promise<Texts> {
  return (await fetch(language_file)).json()
}
