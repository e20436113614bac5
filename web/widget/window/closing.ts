import { element } from "../dom/element"
import { key } from "../texts"
import type { Scene } from "./scene"

type Content = (Node | string)[]

/** The bottom of the window where nothing can be written: before ending, after the end, and where nobody is there. */
export function closing(scene: Scene): Content {
  const { mode, words, conversation } = scene
  if (mode === "ending") return ending(scene)
  if (mode === "away") return [words.say(key.away)]
  return [words.say(key.ended), " ", element("button", { className: "link", onclick: () => conversation.startAnew() }, words.say(key.start_new))]
}

/** The focus is on the way back: Enter by mistake ends nothing. */
function ending({ words, conversation, ask }: Scene): Content {
  const error = element("p", { role: "alert" })
  const end = element("button", { className: "primary" }, words.say(key.end))
  const stay = element("button", { className: "secondary", onclick: () => ask("talk") }, words.say(key.stay))
  end.onclick = () => {
    end.disabled = true
    conversation.end().catch(() => {
      end.disabled = false
      error.textContent = words.say(key.failed)
    })
  }
  queueMicrotask(() => stay.focus())
  return [element("strong", {}, words.say(key.end_title)), element("p", {}, words.say(key.end_text)), error, end, stay]
}
