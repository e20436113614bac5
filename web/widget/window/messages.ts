import type { OutboxEntry } from "@frontdesk/live"
import type { Decision, PickedAnswer, ScriptAnswer, StartRequest, VisitorEvent } from "@frontdesk/protocol"
import type { Setting } from "../contract"
import type { Conversation } from "./conversation"

/** What waits in the outbox. The first message of a conversation starts it. */
export interface Written {
  text: string
  /** The answer of a chatbot's question. */
  answer?: PickedAnswer
  start?: Pick<StartRequest, "page_url" | "page_title" | "language" | "time_zone"> & Addressed
}

/** To whom the first message goes: somebody the window showed, or where an answer goes when nobody is there. */
export type Addressed = Pick<StartRequest, "email" | "operator"> & { chatbot?: { id: number; version: number } }

export type Unsent = OutboxEntry<Written>

/** `step`, `delay` and `answers` are a chatbot's. */
export type Incoming = VisitorEvent & { kind: "message.posted"; step?: number; delay?: number; answers?: ScriptAnswer[] }

export interface Listener {
  changed(): void
  /** A message of somebody else has just come. */
  incoming(message: Incoming): void
  /** What was written could not be sent anywhere; with the code of the refusal where an address is needed. */
  givenBack(text: string, code?: string): void
}

/** A message of somebody else that there is something to read in. */
export function isAnswer(event: VisitorEvent): event is Incoming {
  return event.kind === "message.posted" && event.author !== "visitor" && !event.deleted
}

/** A chatbot talks here, or will. */
export function isChatbots({ log, chatbot }: Pick<Conversation, "log" | "chatbot">, decision: Decision): boolean {
  const [, first] = log.events as Incoming[]
  return !!chatbot || (first ? "step" in first : !!addressed(decision).chatbot)
}

export function addressed(decision: Decision): Addressed {
  const { operator, chatbot } = decision as Decision & Pick<Addressed, "chatbot">
  return { operator: operator?.name, chatbot }
}

/** From where somebody writes for the first time. */
export function circumstances(setting: Setting): Written["start"] {
  const { url, title } = setting.page()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { page_url: url, page_title: title, language: navigator.language, time_zone: timeZone }
}
