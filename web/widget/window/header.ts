import { key } from "../texts"
import { avatar } from "./avatar"
import { element, icon } from "./dom"
import { BACK, BELL, CLOSE, FOLD, SILENT } from "./icons"
import type { Part, Scene } from "./scene"

/** Whom one talks with, and the ways out. */
export class Header implements Part {
  #avatar = element("span")
  #name = element("strong", { id: "name" })
  #below = element("span")
  #back = button("back", BACK)
  #sound = button("sound", BELL)
  #fold = button("fold", FOLD)
  #close = button("close", CLOSE)
  #drawn = ""
  readonly element = element(
    "header",
    {},
    this.#back,
    this.#avatar,
    element("div", { className: "names" }, this.#name, this.#below),
    this.#sound,
    this.#fold,
    this.#close,
  )

  draw({ conversation, decision, operator, face, words, setting, ask, leave }: Scene): void {
    const { id, isRunning } = conversation
    const name = operator?.name ?? decision.name
    const below = operator ? decision.name : isRunning || !decision.available ? "" : words.say(key.online)
    const isThere = id ? conversation.isPresent && conversation.network.kind === "open" : decision.available
    const quiet = conversation.kept("quiet")
    const look = [name, face(name), below, isThere, quiet, id, isRunning, words.language].join()
    if (look === this.#drawn) return
    this.#drawn = look
    this.#name.textContent = name
    this.#below.textContent = below
    this.#avatar.replaceChildren(avatar(name, face(name)))
    this.#avatar.className = operator ? (isThere ? "dot there" : "dot") : ""
    this.#sound.hidden = !id
    this.#sound.replaceChildren(icon(quiet ? SILENT : BELL))
    label(this.#sound, words.say(key.sound)).ariaPressed = String(!quiet)
    this.#sound.onclick = () => conversation.keep("quiet", quiet ? "" : "1")
    for (const fold of [this.#back, this.#fold]) label(fold, words.say(key.fold)).onclick = () => setting.frontdesk.close()
    // Where the window is the page, there is nothing to close but the conversation.
    this.#close.hidden = setting.fullPage && !isRunning
    label(this.#close, words.say(isRunning ? key.end : key.close)).onclick = () => (isRunning ? ask("ending") : leave())
  }
}

function button(className: string, path: string): HTMLButtonElement {
  return element("button", { className }, icon(path))
}

function label(button: HTMLButtonElement, text: string): HTMLButtonElement {
  return Object.assign(button, { title: text })
}
