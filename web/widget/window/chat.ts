import type { Decision } from "@frontdesk/protocol"
import type { ChatWindow, Setting } from "../contract"
import type { Texts } from "../texts"
import type { Bot } from "./bot"
import { Composer } from "./composer"
import composerStyles from "./composer.css"
import { Conversation } from "./conversation"
import type { Incoming } from "./messages"
import { element, wear } from "./dom"
import { Header } from "./header"
import { isChatbots } from "./messages"
import { withExtras } from "./on-demand"
import { Phone } from "./phone"
import type { Scene } from "./scene"
import screenStyles from "./screens.css"
import { Strip } from "./strip"
import { Thread } from "./thread"
import threadStyles from "./thread.css"
import windowStyles from "./window.css"
import { Words } from "./words"

// Half a frame: nobody sees it, and a burst of events costs one drawing.
const DRAW_AFTER_MS = 8
const COUNT_EVERY_MS = 500

/** The chat window: one header, one thread, one bottom. */
export class Chat implements ChatWindow {
  #setting: Setting
  #decision: Decision
  #words: Words
  #conversation: Conversation
  #mode: "talk" | "ending" = "talk"
  #refused: string | undefined
  #isShown = false
  #isDrawing = false
  #unread = 0
  #header = new Header()
  #strip = new Strip()
  #thread: Thread
  #composer: Composer
  #closing = element("div", { className: "bottom closing" })
  #phone: Phone
  #window: HTMLDialogElement
  #bot: Bot | undefined
  /** Pictures by name, of all who were here. */
  #faces: Record<string, string> = {}
  #counting: ReturnType<typeof setInterval>

  // Lifecycle

  constructor(setting: Setting, decision: Decision, texts: Texts) {
    this.#setting = setting
    this.#decision = decision
    this.#words = new Words(texts, decision.language)
    this.#conversation = new Conversation(setting, {
      changed: () => this.#drawSoon(),
      incoming: (message) => this.#incoming(message),
      givenBack: (text, code) => this.#givenBack(text, code),
    })
    this.#thread = new Thread(() => void this.#conversation.loadOlder(), () => this.#see())
    this.#composer = new Composer(this.#scene, () => this.#typed(), () => this.#thread.toEnd())
    this.#window = element("dialog", { className: "window", id: "window", onkeydown: (event) => this.#key(event), onkeyup: stop, onkeypress: stop })
    this.#window.setAttribute("aria-labelledby", "name")
    this.#window.append(this.#header.element, this.#strip.element, this.#thread.element, this.#composer.element, this.#closing)
    this.#window.classList.toggle("page", setting.fullPage)
    this.#phone = new Phone(this.#window, setting)
    wear(windowStyles + threadStyles + composerStyles + screenStyles)
    setting.root.append(this.#window)
    document.addEventListener("visibilitychange", this.#drawSoon)
    this.#counting = setInterval(() => this.#isShown && this.#strip.draw(this.#scene), COUNT_EVERY_MS)
    this.#conversation.resume()
  }

  destroy(): void {
    document.removeEventListener("visibilitychange", this.#drawSoon)
    this.#conversation.stop()
    clearInterval(this.#counting)
    this.#phone.stop()
    this.#window.remove()
    if (this.#unread) this.#tellUnread(0)
  }

  // Actions of the loader

  show(focus: boolean): void {
    const { receipts, unread } = this.#conversation
    this.#isShown = true
    this.#phone.show(focus)
    this.#thread.newAfter = unread ? receipts.read : undefined
    this.#draw()
    this.#thread.toEnd()
    if (focus) this.#composer.focus()
  }

  hide(): void {
    this.#isShown = false
    this.#phone.hide()
    this.#thread.newAfter = undefined
    this.#mode = "talk"
  }

  prefill(text: string): void {
    if (this.#composer.isEmpty) this.#composer.prefill(text)
  }

  identify(): void {
    this.#conversation.identify()
  }

  logout(): void {
    withExtras(({ logOut }) => {
      logOut(this.#conversation)
      this.#composer.restore()
    })
  }

  renew(decision: Decision, texts: Texts): void {
    this.#decision = decision
    if (decision.language !== this.#words.language) this.#words = new Words(texts, decision.language)
    this.#drawSoon()
  }

  // Internal

  get #scene(): Scene {
    const { operator: answering, log } = this.#conversation
    const operator: Scene["operator"] = answering ?? (log.cursor ? null : (this.#bot ?? this.#decision).operator)
    if (operator?.avatar) this.#faces[operator.name] = this.#setting.origin + operator.avatar
    return {
      setting: this.#setting,
      decision: this.#decision,
      words: this.#words,
      conversation: this.#conversation,
      operator,
      bot: this.#bot,
      face: (name) => this.#faces[name],
      refused: this.#refused,
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

  /** However much changes at once, it is drawn once. */
  #drawSoon = (): void => {
    if (this.#isDrawing) return
    this.#isDrawing = true
    setTimeout(() => this.#draw(), DRAW_AFTER_MS)
  }

  #draw(): void {
    this.#isDrawing = false
    if (!this.#bot && isChatbots(this.#conversation, this.#decision)) withExtras(({ Bot }) => this.#meet(new Bot(this.#drawSoon)))
    const scene = this.#scene
    const isTalk = scene.mode === "talk"
    this.#composer.element.hidden = !isTalk
    this.#closing.hidden = isTalk
    if (this.#isShown) {
      for (const part of [this.#header, this.#strip, this.#composer, this.#thread]) part.draw(scene)
      this.#bot?.draw(scene, this.#thread, this.#composer)
      this.#see()
    }
    this.#drawClosing(scene)
    this.#showUnread()
  }

  #meet(bot: Bot): void {
    this.#bot ??= bot
    this.#drawSoon()
  }

  #drawClosing(scene: Scene): void {
    const look = [scene.mode, scene.refused, scene.words.language, this.#conversation.chatbot?.restartable].join()
    if (look === this.#closing.dataset.look) return
    this.#closing.dataset.look = look
    const { activeElement } = this.#setting.root
    const hadFocus = this.#closing.contains(activeElement)
    this.#composer.restore()
    this.#closing.replaceChildren()
    if (scene.mode === "talk") return void (hadFocus && this.#composer.focus())
    const failed = () => (this.#closing.dataset.look = "")
    withExtras(({ closing }) => look === this.#closing.dataset.look && closing(this.#closing, scene, !!activeElement), failed)
  }

  /** What stands in sight of somebody counts as read. */
  #see(): void {
    if (this.#isShown && !document.hidden && this.#thread.isAtEnd) this.#conversation.see()
  }

  #showUnread(): void {
    const { unread } = this.#conversation
    // What is shown of an unread message may have been edited meanwhile.
    if (unread || this.#unread) this.#tellUnread(unread)
    if (unread !== this.#unread) this.#setting.events.emit("unread", unread)
    this.#unread = unread
  }

  #tellUnread(count: number): void {
    withExtras(({ showUnread }) => showUnread(this.#scene, count))
  }

  /** What nobody sees is heard, and shown beside the button. */
  #incoming(message: Incoming): void {
    if (this.#isShown && !document.hidden) return
    this.#thread.newAfter = this.#conversation.receipts.read
    withExtras(({ announce }) => announce(message, this.#scene, this.#isShown))
  }

  /** Nobody is there, whatever the page was told before: the window asks for an address. */
  #givenBack(written: string, code: string | undefined): void {
    this.#composer.prefill(written)
    this.#refused = code
    if (code) this.#decision = { ...this.#decision, available: false }
  }

  #typed(): void {
    this.#conversation.type()
    this.#composer.draw(this.#scene)
  }

  #ask(mode: "talk" | "ending"): void {
    this.#mode = mode
    this.#draw()
    if (mode === "talk") this.#composer.focus()
  }

  /** Out of the window; an ended conversation is left behind. */
  #leave(): void {
    if (this.#conversation.ended) this.#conversation.startAnew()
    this.#setting.frontdesk.close()
  }

  /** Escape closes the topmost thing only. The page's own shortcuts do not hear what is typed here. */
  #key(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.key !== "Escape" || event.isComposing) return
    if (this.#currentMode === "ending") this.#ask("talk")
    else this.#setting.frontdesk.close()
  }
}

function stop(event: Event): void {
  event.stopPropagation()
}
