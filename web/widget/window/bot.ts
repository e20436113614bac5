import type { ChatbotState, Greeting, ScriptAnswer } from "@frontdesk/protocol"
import { element, icon } from "../dom/element"
import { text } from "../extras-texts"
import type { Composer } from "./composer"
import type { Conversation } from "./conversation"
import { AWAY, RESTART } from "./icons"
import type { Item } from "./items"
import { addressed } from "./messages"
import type { Incoming } from "./messages"
import { Pace } from "./pace"
import type { Said } from "./pace"
import type { Scene } from "./scene"
import type { Thread } from "./thread"

// Who has written nothing more for this long has written everything (F6).
const QUIET_MS = 10_000
// The first event tells that the conversation was opened.
const GREETING_FROM = 2
const GREETING = "greeting"
const LINK = /^(https?:|[/#])/

/** What a question offers now. */
interface Choice {
  step: number
  question: string
  answers: ScriptAnswer[]
}

/** A chatbot talks: it greets, takes its time, offers answers, and says what the field is for. */
export class Bot {
  #greeting: Greeting | undefined
  #changed: () => void
  #greetingOf = ""
  /** The conversation whose pace it is. */
  #paced: string | undefined
  #isTyping = false
  #pace: Pace
  #group = element("div", { className: "answers", role: "group" })
  #restart = element("button", { className: "restart" }, icon(RESTART))
  #choice = ""
  #link = ""
  #quiet: ReturnType<typeof setTimeout> | undefined
  #quietAfter = ""

  constructor(changed: () => void) {
    this.#changed = changed
    this.#pace = new Pace(changed)
  }

  /** Who greets. */
  get operator(): Greeting["chatbot"] | undefined {
    return this.#greeting?.chatbot
  }

  /** The thread's items that are to be seen by now: the greeting before anything is stored, and what has been typed. */
  items({ conversation, setting, decision }: Scene, items: Item[]): Item[] {
    const isNew = !conversation.id || conversation.unsent.some(({ value }) => value.start)
    if (!isNew && !conversation.log.cursor) return items
    const paced = isNew ? GREETING : conversation.id!
    if (paced !== this.#paced && isNew) this.#pace.forget()
    else if (paced !== this.#paced && this.#paced !== GREETING) this.#pace.skip(items)
    this.#paced = paced
    if (!isNew) return this.#pace.take(said(conversation, items))
    this.#greet(`${setting.origin}/api/v1/visitor/chatbots/`, addressed(decision).chatbot)
    return [...this.#pace.take(saidBy(this.#greeting)), ...items]
  }

  /** Below the thread the answers, in the field what it is for, in the header the way back to the start. */
  draw(scene: Scene, thread: Thread, composer: Composer): void {
    const { conversation } = scene
    this.#tidy(conversation)
    const { isTyping } = this.#pace
    if (isTyping !== this.#isTyping) conversation.typing.set(isTyping ? scene.operator?.name : undefined)
    this.#isTyping = isTyping
    const awaits = conversation.log.cursor ? conversation.chatbot?.awaits : this.#greeting?.awaits
    const isPicked = conversation.unsent.some(({ value, refused }) => value.answer && !refused)
    this.#offer(isTyping || isPicked ? undefined : this.#choiceOf(conversation), scene, thread, composer)
    this.#explain(awaits, composer)
    this.#showRestart(scene)
    this.#goOnWhenQuiet(conversation, composer)
    this.#follow(conversation)
  }

  /** Another tab may have answered, or begun anew. */
  #tidy(conversation: Conversation): void {
    for (const { id, refused } of conversation.unsent) if (refused === "answer_passed") conversation.outbox.remove(id)
    if (conversation.chatbot && conversation.chatbot.awaits !== "nothing") conversation.ended = false
  }

  // Internal: the greeting

  #greet(base: string, chatbot: { id: number; version: number } | undefined): void {
    const address = chatbot ? `${base}${chatbot.id}/greeting?version=${chatbot.version}` : ""
    if (address === this.#greetingOf) return
    this.#greetingOf = address
    this.#greeting = undefined
    if (address) void this.#fetchGreeting(address)
  }

  async #fetchGreeting(address: string): Promise<void> {
    try {
      const answer = await fetch(address)
      if (answer.ok && address === this.#greetingOf) this.#greeting = await answer.json()
    } catch {
      // Out of reach: whoever writes starts the conversation without having been greeted.
    }
    this.#changed()
  }

  // Internal: answers

  #choiceOf({ log, chatbot }: Conversation): Choice | undefined {
    if (!log.cursor) return choice(this.#greeting?.awaits, this.#greeting?.messages.at(-1))
    const asked = (log.events as Incoming[]).filter((event) => event.step === chatbot?.step && event.answers).at(-1)
    return choice(chatbot?.awaits, asked)
  }

  #offer(offered: Choice | undefined, scene: Scene, thread: Thread, composer: Composer): void {
    const look = JSON.stringify(offered ?? "") + scene.words.language
    if (look === this.#choice) return
    this.#choice = look
    const hadFocus = this.#group.contains(scene.setting.root.activeElement)
    this.#group.ariaLabel = offered?.question ?? ""
    this.#group.replaceChildren(...(offered?.answers ?? []).map((answer) => this.#button(answer, offered!.step, scene, thread)))
    thread.log.after(this.#group)
    if (hadFocus) composer.focus()
    if (thread.isAtEnd) thread.toEnd()
  }

  #button(answer: ScriptAnswer, step: number, { conversation, decision }: Scene, thread: Thread): HTMLButtonElement {
    const pick = () => {
      this.#link = LINK.test(answer.link) ? answer.link : ""
      conversation.write(answer.text, addressed(decision), { step, answer: answer.id })
      thread.toEnd()
    }
    return element("button", { onclick: pick, dir: "auto" }, answer.text, ...(answer.link ? [icon(AWAY)] : []))
  }

  /** Once the answer has arrived, the page goes where it leads. */
  #follow({ unsent, log }: Conversation): void {
    if (!this.#link || !log.cursor || unsent.length) return
    const link = this.#link
    this.#link = ""
    location.assign(link)
  }

  // Internal: the field

  #explain(awaits: ChatbotState["awaits"] | undefined, { field }: Composer): void {
    const isClosed = awaits === "answer" || awaits === "nothing"
    field.readOnly = isClosed
    field.closest(".box")!.classList.toggle("closed", isClosed)
    field.inputMode = awaits === "email" || awaits === "phone" ? { email: "email", phone: "tel" }[awaits] : ""
    const hints: Partial<Record<ChatbotState["awaits"], string>> = { answer: text.choose, email: text.email, phone: text.phone, texts: text.several, nothing: text.chatbot_ended }
    const hint = awaits && hints[awaits]
    if (hint) field.placeholder = hint
  }

  #showRestart({ conversation, setting }: Scene): void {
    const sound = setting.root.querySelector("header .sound")!
    this.#restart.hidden = !conversation.chatbot?.restartable
    this.#restart.title = this.#restart.ariaLabel = text.restart
    this.#restart.onclick = () => void conversation.tell("chatbot/restart").catch(() => {})
    if (!this.#restart.isConnected) sound.before(this.#restart)
  }

  /** Several messages may answer: each one, and each word typed, begins the wait anew. */
  #goOnWhenQuiet(conversation: Conversation, { field }: Composer): void {
    const { log, chatbot, unsent } = conversation
    const newest = log.events.at(-1) as Incoming | undefined
    const isDue = chatbot?.awaits === "texts" && newest?.author === "visitor" && !unsent.length && !field.value
    const after = isDue ? `${chatbot.step}.${newest.seq}` : ""
    if (after === this.#quietAfter) return
    this.#quietAfter = after
    clearTimeout(this.#quiet)
    if (isDue) this.#quiet = setTimeout(() => void conversation.tell("chatbot/continuation", { step: chatbot.step }).catch(() => {}), QUIET_MS)
  }
}

/** With the keys that the same messages have once the conversation has begun: so they stay where they are. */
function saidBy(greeting: Greeting | undefined): Said[] {
  const on = new Date().toISOString()
  const { name } = greeting?.chatbot ?? {}
  return (greeting?.messages ?? []).map(({ text, delay }, index) => ({ item: { kind: "message", key: String(GREETING_FROM + index), author: "chatbot", name, text, on }, delay }))
}

function said({ log }: Conversation, items: Item[]): Said[] {
  const delays = new Map((log.events as Incoming[]).map(({ seq, delay }) => [String(seq), delay ?? 0]))
  return items.map((item) => ({ item, delay: delays.get(item.key) ?? 0 }))
}

function choice(awaits: ChatbotState["awaits"] | undefined, asked: Pick<Incoming, "step" | "text" | "answers"> | undefined): Choice | undefined {
  return awaits === "answer" && asked?.answers ? { step: asked.step!, question: asked.text, answers: asked.answers } : undefined
}
