import type { Me, OperatorEvent } from "@frontdesk/protocol"
import { playSound, showNotification } from "../../lib/alerts.ts"
import { looking } from "../../lib/attention.svelte.ts"
import { go } from "../../lib/router.svelte.ts"
import type { Conversation } from "./conversation.svelte.ts"
import { isFromOthers } from "./fold.ts"
import { visitorName } from "./names.ts"

/** Another tab or device where the conversation is open says so within this time, and nothing is to be told. */
const READ_ELSEWHERE_WITHIN_MS = 500
/** Of several tabs only the one that holds this lock calls. */
const LOCK = "frontdesk.console.notifier"

/** Calls the operator when somebody wrote and nobody looks. */
export class Notifier {
  #isCaller = !navigator.locks
  #considered = new Set<number>()
  #isInView: (conversation: number) => boolean

  /** What the operator wants to be called by. */
  readonly #alerts: () => Me["alerts"]

  /** `isInView`: where a person reads it, nothing needs to be told. */
  constructor(isInView: (conversation: number) => boolean, alerts: () => Me["alerts"]) {
    this.#isInView = isInView
    this.#alerts = alerts
    // Held until the page goes; then the next tab gets it.
    void navigator.locks?.request(LOCK, () => {
      this.#isCaller = true
      return new Promise(() => undefined)
    })
  }

  consider(conversation: Conversation, event: OperatorEvent, me: number): void {
    if (!this.#isCaller || event.kind !== "message.posted" || !isFromOthers(event, me)) return
    if (!conversation.summary.member || this.#isInView(conversation.id)) return
    // Several messages at once, as after a lost connection, are one call.
    if (this.#considered.has(conversation.id)) return
    this.#considered.add(conversation.id)
    setTimeout(() => this.#call(conversation), READ_ELSEWHERE_WITHIN_MS)
  }

  /** A colleague wants this operator in a conversation. */
  invite(conversation: Conversation, text: string): void {
    if (this.#isCaller && !this.#isInView(conversation.id)) call(conversation, text, this.#alerts())
  }

  #call(conversation: Conversation): void {
    this.#considered.delete(conversation.id)
    const { unread, last_message } = conversation.summary
    if (unread > 0 && last_message?.text) call(conversation, last_message.text, this.#alerts())
  }
}

function call(conversation: Conversation, text: string, alerts: Me["alerts"]): void {
  if (alerts.sound) playSound()
  if (!alerts.notification || looking()) return
  const open = () => go({ page: "discuss", conversation: conversation.id })
  showNotification(visitorName(conversation.summary.visitor), text, `conversation-${conversation.id}`, open)
}
