import type { ChatbotList, ChatbotSummary } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import { retryLater } from "../../lib/retry-later.ts"
import type { Desk } from "../shell/desk.svelte.ts"
import { ChatbotEditor } from "./chatbot-editor.svelte.ts"

/** All chatbots of this installation, the archived ones too. */
export class Chatbots {
  status = $state<"loading" | "ready" | "failed">("loading")
  all = $state.raw<ChatbotSummary[]>([])

  readonly #editors = new Map<number, ChatbotEditor>()

  /** A chatbot's editor, with what was edited in it before. */
  editor(id: number): ChatbotEditor {
    const editor = this.#editors.get(id) ?? new ChatbotEditor(id)
    this.#editors.set(id, editor)
    return editor
  }

  readonly reload = oneAtATime(() => this.#fetch())

  async #fetch(): Promise<void> {
    try {
      const lists = await Promise.all(["/chatbots", "/chatbots?archived=true"].map((path) => api.get<ChatbotList>(path)))
      this.all = lists.flatMap((list) => list.chatbots)
      this.status = "ready"
    } catch (error) {
      if (this.status === "loading") this.status = "failed"
      retryLater(error, this.reload)
    }
  }
}

const ofDesks = new WeakMap<Desk, Chatbots>()

/** One for as long as somebody is signed in; only administrators ever need it, so that it is no part of the first load. */
export function chatbotsOf(desk: Desk): Chatbots {
  const known = ofDesks.get(desk)
  if (known) return known
  const chatbots = new Chatbots()
  ofDesks.set(desk, chatbots)
  desk.onChanged((what) => {
    if (what === "chatbot" || what === "channel") void chatbots.reload()
  })
  void chatbots.reload()
  return chatbots
}
