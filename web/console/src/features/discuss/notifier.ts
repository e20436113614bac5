import type { OperatorEvent } from "@frontdesk/protocol"
import { alertChoices, playSound, showNotification } from "../../lib/alerts.ts"
import { looking } from "../../lib/attention.svelte.ts"
import { go, route } from "../../lib/router.svelte.ts"
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

  constructor() {
    // Held until the page goes; then the next tab gets it.
    void navigator.locks?.request(LOCK, () => {
      this.#isCaller = true
      return new Promise(() => undefined)
    })
  }

  consider(conversation: Conversation, event: OperatorEvent, me: number): void {
    if (!this.#isCaller || event.kind !== "message.posted" || !isFromOthers(event, me)) return
    if (!conversation.summary.member || isInView(conversation)) return
    setTimeout(() => {
      if (conversation.summary.unread > 0) call(conversation, event.text)
    }, READ_ELSEWHERE_WITHIN_MS)
  }
}

function isInView(conversation: Conversation): boolean {
  const shown = route()
  return looking() && shown.page === "discuss" && shown.conversation === conversation.id
}

function call(conversation: Conversation, text: string): void {
  const choices = alertChoices()
  if (choices.sound) playSound()
  if (!choices.notification || looking()) return
  const open = () => go({ page: "discuss", conversation: conversation.id })
  showNotification(visitorName(conversation.summary.visitor), text, `conversation-${conversation.id}`, open)
}
