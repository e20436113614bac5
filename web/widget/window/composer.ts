import { key } from "../texts"
import { element, icon } from "./dom"
import { SEND, SMILE } from "./icons"
import { MOST_CHARACTERS } from "./limits"
import { addressed } from "./messages"
import { withExtras } from "./on-demand"
import type { Part, Scene } from "./scene"

const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content")

/** Where the visitor writes: grows with the text, Enter sends, Shift and Enter makes a line. */
export class Composer implements Part {
  #hint = element("div", { className: "hint", role: "status" })
  readonly field = element("textarea", { rows: 1, enterKeyHint: "send" })
  #smile = element("button", { className: "smile", ariaExpanded: "false" }, icon(SMILE))
  #send = element("button", { className: "send" }, icon(SEND))
  #box = element("div", { className: "box" }, this.field, this.#smile, this.#send)
  #scene: Scene
  #typed: () => void
  #wrote: () => void
  readonly element = element("div", { className: "bottom" }, this.#hint, this.#box)

  constructor(scene: Scene, typed: () => void, wrote: () => void) {
    this.#scene = scene
    this.#typed = typed
    this.#wrote = wrote
    this.field.value = scene.conversation.kept("draft")
    this.field.oninput = () => this.#changed()
    this.field.onkeydown = (event) => {
      // While an input method composes, Enter picks a character.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return
      event.preventDefault()
      this.#post()
    }
    this.#send.onclick = () => this.#post()
    this.#smile.onclick = () => withExtras(({ pickEmoji }) => pickEmoji(this.#smile, this.field))
  }

  focus(): void {
    this.field.focus()
  }

  /** Before what stands there already. */
  prefill(text: string): void {
    this.field.value = [text, this.field.value].filter(Boolean).join("\n")
    this.#changed()
  }

  /** What was written elsewhere in the window. */
  restore(): void {
    this.field.value = this.#scene.conversation.kept("draft")
  }

  get isEmpty(): boolean {
    return !this.#text
  }

  draw(scene: Scene): void {
    this.#scene = scene
    const { words, decision, conversation } = scene
    this.field.placeholder = decision.texts.placeholder
    // Empty, it would be from left to right, whatever the language.
    this.field.dir = this.field.value && "auto"
    this.field.ariaLabel = words.say(key.message)
    this.#smile.title = words.say(key.emoji)
    this.#send.title = words.say(key.send)
    this.#send.disabled = !this.#isSendable
    const isQueued = conversation.network.kind === "waiting" && conversation.unsent.some((it) => !it.refused)
    const { waiting, left_message: isLeft } = conversation.pending
    if (this.#length > MOST_CHARACTERS || (!isQueued && (waiting || isLeft))) withExtras(({ hint }) => this.#say(hint(this.#scene, this.#length)))
    else this.#say(isQueued ? words.say(key.queued) : "")
    this.#grow()
  }

  get #text(): string {
    return this.field.value.trim()
  }

  /** As the server counts: characters, not UTF-16 units. */
  get #length(): number {
    return [...this.#text].length
  }

  get #isSendable(): boolean {
    return this.#length > 0 && this.#length <= MOST_CHARACTERS
  }

  #changed(): void {
    this.#scene.conversation.keep("draft", this.field.value)
    this.#typed()
  }

  #post(): void {
    // Not what the button says: what was typed a moment ago may not be drawn yet.
    if (!this.#isSendable || this.field.readOnly) return this.focus()
    const text = this.#text
    this.field.value = ""
    this.#scene.conversation.keep("draft", "")
    this.#scene.conversation.write(text, addressed(this.#scene.decision))
    this.#wrote()
    this.focus()
  }

  #say(hint: string): void {
    if (this.#hint.textContent !== hint) this.#hint.textContent = hint
  }

  #grow(): void {
    if (GROWS_BY_ITSELF) return
    this.field.style.height = "auto"
    this.field.style.height = `${this.field.scrollHeight}px`
  }
}
