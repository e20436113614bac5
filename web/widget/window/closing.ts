import { element } from "../dom/element"
import type { Scene } from "./scene"

type Content = (Node | string)[]

/** The bottom of the window where nothing can be written: before ending, after the end, and where nobody is there. */
export function closing(scene: Scene): Content {
  const { mode, words, conversation } = scene
  if (mode === "ending") return ending(scene)
  if (mode === "away") return [words.say("away")]
  return [words.say("ended"), " ", element("button", { className: "link", onclick: () => conversation.startAnew() }, words.say("start_new"))]
}

/** The focus is on the way back: Enter by mistake ends nothing. */
function ending({ words, conversation, ask }: Scene): Content {
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
