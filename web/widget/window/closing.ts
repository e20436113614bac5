import { element } from "../dom/element"
import { text } from "../extras-texts"
import { key } from "../texts"
import { leaving } from "./leaving"
import type { Scene } from "./scene"

type Content = (Node | string)[]

/** Fills the bottom of the window where nothing can be said: before ending, after the end, and where nobody is there. */
export function closing(bottom: HTMLElement, scene: Scene, takesFocus: boolean): void {
  bottom.replaceChildren(...contentOf(scene))
  // On the way back: Enter by mistake ends nothing.
  if (takesFocus || scene.mode === "ending") bottom.querySelector<HTMLElement>("input, .secondary, .link")!.focus()
}

function contentOf(scene: Scene): Content {
  if (scene.mode === "ending") return ending(scene)
  if (scene.mode === "away") return [leaving(scene)]
  const { conversation } = scene
  if (!conversation.chatbot?.restartable) return [text.ended, " ", element("button", { className: "link", onclick: () => conversation.startAnew() }, text.start_new)]
  return [text.chatbot_ended, " ", element("button", { className: "link", onclick: () => void conversation.tell("chatbot/restart").catch(() => {}) }, text.restart)]
}

function ending({ words, conversation, ask }: Scene): Content {
  const error = element("p", { role: "alert" })
  const end = element("button", { className: "primary" }, words.say(key.end))
  const stay = element("button", { className: "secondary", onclick: () => ask("talk") }, text.stay)
  end.onclick = () => {
    end.disabled = true
    conversation.tell("closure").catch(() => {
      end.disabled = false
      error.textContent = text.failed
    })
  }
  return [element("strong", {}, text.end_title), element("p", {}, text.end_text), error, end, stay]
}
