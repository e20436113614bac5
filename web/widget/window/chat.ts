import type { Decision } from "@frontdesk/protocol"
import type { ChatWindow, Setting, Texts } from "../contract"
import { element, styleSheet } from "../dom/element"
import { darkened } from "./color"
import { Closing } from "./closing"
import { Composer } from "./composer"
import { Conversation } from "./conversation"
import { Header } from "./header"
import { Phone } from "./phone"
import type { Scene } from "./scene"
import { ring } from "./sound"
import { Strip } from "./strip"
import { Thread } from "./thread"
import { showInTitle } from "./title"
import styles from "./window.css"
import { Words } from "./words"

/** The chat window: one header, one thread, one bottom. */
export class Chat implements ChatWindow {
  #setting: Setting
  #decision: Decision
  #words: Words
  #conversation: Conversation
  #mode: "talk" | "ending" = "talk"
  #notice = ""
  #isShown = false
  #isDrawing = false
  #unreadText = ""
  #sheet = styleSheet(styles)
  #header = new Header()
  #strip = new Strip()
  #thread: Thread
  #composer: Composer
  #closing = new Closing()
  #phone: Phone
  #window: HTMLElement

  // Lifecycle

  constructor(setting: Setting, decision: Decision, texts: Texts) {
    this.#setting = setting
    this.#decision = decision
    this.#words = new Words(texts, decision.language)
    this.#conversation = new Conversation(setting, {
      changed: () => this.#drawSoon(),
      incoming: () => this.#incoming(),
      givenBack: (text) => this.#givenBack(text),
    })
    this.#thread = new Thread(() => void this.#conversation.loadOlder(), () => this.#see())
    this.#composer = new Composer(this.#scene, () => this.#typed())
    this.#window = element("section", { className: "window", id: "window", role: "dialog", hidden: true, onkeydown: (event) => this.#key(event), onkeyup: stop, onkeypress: stop })
    this.#window.setAttribute("aria-labelledby", "name")
    this.#window.append(this.#header.element, this.#strip.element, this.#thread.element, this.#composer.element, this.#closing.element)
    this.#window.classList.toggle("page", setting.fullPage)
    this.#phone = new Phone(this.#window, () => setting.fold())
    this.#window.style.setProperty("--header_dark", darkened(decision.colors.header))
    setting.root.adoptedStyleSheets = [...setting.root.adoptedStyleSheets, this.#sheet]
    setting.root.append(this.#window)
    document.addEventListener("visibilitychange", this.#drawSoon)
    this.#conversation.resume()
  }

  destroy(): void {
    document.removeEventListener("visibilitychange", this.#drawSoon)
    this.#conversation.stop()
    this.#strip.stop()
    this.#phone.stop()
    this.#window.remove()
    showInTitle("")
  }

  // Actions of the loader

  show(focus: boolean): void {
    const { receipts, unread } = this.#conversation
    this.#isShown = true
    this.#window.hidden = false
    if (!this.#setting.fullPage) this.#phone.show()
    this.#thread.markNew(unread ? receipts.read : undefined)
    this.#draw()
    this.#thread.toEnd()
    if (focus) this.#composer.focus()
  }

  hide(): void {
    this.#isShown = false
    this.#window.hidden = true
    this.#phone.hide()
    this.#thread.markNew(undefined)
    this.#mode = "talk"
  }

  prefill(text: string): void {
    if (this.#composer.isEmpty) this.#composer.prefill(text)
  }

  renew(decision: Decision, texts: Texts): void {
    this.#decision = decision
    this.#window.style.setProperty("--header_dark", darkened(decision.colors.header))
    if (decision.language !== this.#words.language) this.#words = new Words(texts, decision.language)
    this.#drawSoon()
  }

  // Internal

  get #scene(): Scene {
    return {
      setting: this.#setting,
      decision: this.#decision,
      words: this.#words,
      conversation: this.#conversation,
      notice: this.#notice,
      mode: this.#currentMode,
      ask: (mode) => this.#ask(mode),
      leave: () => this.#leave(),
    }
  }

  get #currentMode(): Scene["mode"] {
    const { id, ended } = this.#conversation
    if (!id || ended) this.#mode = "talk"
    if (ended) return "ended"
    if (!id && !this.#decision.available) return "away"
    return id ? this.#mode : "talk"
  }

  /** However much has changed, it is drawn once. */
  #drawSoon = (): void => {
    if (this.#isDrawing) return
    this.#isDrawing = true
    queueMicrotask(() => this.#draw())
  }

  #draw(): void {
    this.#isDrawing = false
    const scene = this.#scene
    const isTalk = scene.mode === "talk"
    this.#composer.element.hidden = !isTalk
    this.#closing.element.hidden = isTalk
    if (this.#isShown) {
      for (const part of [this.#header, this.#strip, this.#composer, this.#closing, this.#thread]) part.draw(scene)
      this.#see()
    }
    this.#showUnread()
  }

  /** What stands in sight of somebody counts as read. */
  #see(): void {
    if (this.#isShown && !document.hidden && this.#thread.isAtEnd) this.#conversation.see()
  }

  #showUnread(): void {
    const { unread } = this.#conversation
    const text = this.#words.count("unread", unread)
    if (text === this.#unreadText) return
    this.#unreadText = text
    const badge = unread > 99 ? "99+" : unread ? String(unread) : ""
    showInTitle(badge)
    this.#setting.showUnread(badge, badge && text)
    this.#setting.emit("unread", unread)
  }

  #incoming(): void {
    if (!this.#isShown || document.hidden) {
      this.#thread.markNew(this.#conversation.receipts.read)
      if (!this.#conversation.kept("quiet")) ring()
    }
  }

  #givenBack(text: string): void {
    this.#notice = this.#words.say("no_operator")
    this.#composer.prefill(text)
  }

  #typed(): void {
    this.#notice = ""
    this.#conversation.type()
    this.#drawSoon()
  }

  #ask(mode: "talk" | "ending"): void {
    this.#mode = mode
    this.#draw()
    if (mode === "talk") this.#composer.focus()
  }

  /** Out of the window; an ended conversation is left behind. */
  #leave(): void {
    if (this.#conversation.ended) this.#conversation.startAnew()
    this.#setting.fold()
  }

  /** Escape closes the topmost thing only. The page's own shortcuts do not hear what is typed here. */
  #key(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.key !== "Escape" || event.isComposing) return
    if (this.#currentMode === "ending") this.#ask("talk")
    else this.#setting.fold()
  }
}

function stop(event: Event): void {
  event.stopPropagation()
}
