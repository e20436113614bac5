import { element } from "../dom/element"
import { text } from "../extras-texts"
import { key } from "../texts"
import type { Scene } from "./scene"

type Content = (Node | string)[]

/** The bottom of the window where nothing can be written: before ending, after the end, and where nobody is there. */
export function closing(scene: Scene): Content {
  const { mode, words, conversation } = scene
  if (mode === "ending") return ending(scene)
  if (mode === "away") return [words.say(key.away)]
  return [text.ended, " ", element("button", { className: "link", onclick: () => conversation.startAnew() }, text.start_new)]
}

/** The focus is on the way back: Enter by mistake ends nothing. */
function ending({ words, conversation, ask }: Scene): Content {
  const error = element("p", { role: "alert" })
  const end = element("button", { className: "primary" }, words.say(key.end))
  const stay = element("button", { className: "secondary", onclick: () => ask("talk") }, text.stay)
  end.onclick = () => {
    end.disabled = true
    conversation.end().catch(() => {
      end.disabled = false
      error.textContent = text.failed
    })
  }
  queueMicrotask(() => stay.focus())
  return [element("strong", {}, text.end_title), element("p", {}, text.end_text), error, end, stay]
}
