import { element } from "../dom/element"
import type { Part, Scene } from "./scene"

/** The bottom of the window where nothing can be written: before ending, after the end, and where nobody is there. */
export class Closing implements Part {
  #drawn = ""
  readonly element = element("div", { className: "bottom closing" })

  draw(scene: Scene): void {
    const look = `${scene.mode} ${scene.words.language}`
    if (look === this.#drawn) return
    this.#drawn = look
    const parts: Record<Scene["mode"], () => (Node | string)[]> = { talk: () => [], ending: () => this.#ending(scene), ended: () => ended(scene), away: () => [scene.words.say("away")] }
    this.element.replaceChildren(...parts[scene.mode]())
  }

  /** The way back comes first where the focus is concerned: Enter by mistake ends nothing. */
  #ending({ words, conversation, ask }: Scene): (Node | string)[] {
    const error = element("p", { role: "alert" })
    const end = element("button", { className: "primary" }, words.say("end"))
    const stay = element("button", { className: "secondary", onclick: () => ask("talk") }, words.say("stay"))
    end.onclick = () => {
      end.disabled = true
      conversation.end().catch(() => {
        end.disabled = false
        error.textContent = words.say("failed")
      })
    }
    queueMicrotask(() => stay.focus())
    return [element("strong", {}, words.say("end_title")), element("p", {}, words.say("end_text")), error, end, stay]
  }
}

function ended({ words, conversation }: Scene): (Node | string)[] {
  return [words.say("ended"), element("button", { className: "link", onclick: () => conversation.startAnew() }, words.say("start_new"))]
}
