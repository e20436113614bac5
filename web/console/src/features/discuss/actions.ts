import type { ConversationSummary, OperatorEvent } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { tell, tellError } from "../../lib/notices.svelte.ts"
import { t } from "../../lib/text.svelte.ts"
import type { Conversation } from "./conversation.svelte.ts"
import type { Deletions } from "./deletions.svelte.ts"
import type { Inbox } from "./inbox.svelte.ts"
import { visitorName } from "./names.ts"

export type Status = ConversationSummary["status"]

/** What an operator does to a conversation, with its notices. The events that follow arrive by the socket. */
export async function join(inbox: Inbox, conversation: Conversation): Promise<void> {
  await change(inbox, () => api.put<ConversationSummary>(`/conversations/${conversation.id}/membership`))
}

/** Takes what waits or looks for help. The first one wins; whoever comes later learns that. */
export async function take(inbox: Inbox, conversation: Conversation): Promise<void> {
  const took = await change(inbox, () =>
    api.put<ConversationSummary>(`/conversations/${conversation.id}/membership?first=true`),
  )
  if (!took) void inbox.reloadQueue()
}

export async function setStatus(inbox: Inbox, conversation: Conversation, status: Status): Promise<void> {
  await change(inbox, () => api.put<ConversationSummary>(`/conversations/${conversation.id}/status`, { status }))
}

export async function need(inbox: Inbox, conversation: Conversation, expertise: number[]): Promise<void> {
  await change(inbox, () => api.put<ConversationSummary>(`/conversations/${conversation.id}/expertise`, { expertise }))
}

export async function invite(inbox: Inbox, conversation: Conversation, operators: number[]): Promise<boolean> {
  return change(inbox, () =>
    api.post<ConversationSummary>(`/conversations/${conversation.id}/invitations`, { operators }),
  )
}

/** Where somebody works: afterwards nothing can be deleted any more, so what is to go goes before. */
interface Place {
  inbox: Inbox
  deletions: Deletions
}

/** Leaving ends nothing for the visitor, and can be taken back. */
export async function leave({ inbox, deletions }: Place, conversation: Conversation): Promise<void> {
  await deletions.carryOut(conversation.id)
  const left = await change(inbox, () => api.delete<ConversationSummary>(`/conversations/${conversation.id}/membership`))
  const name = visitorName(conversation.summary.visitor)
  if (left) tell(t("conversation.left", { name }), () => void join(inbox, conversation))
}

export async function end({ inbox, deletions }: Place, conversation: Conversation): Promise<void> {
  await deletions.carryOut(conversation.id)
  const ended = await change(inbox, () => api.post<ConversationSummary>(`/conversations/${conversation.id}/closure`))
  if (ended) tell(t("conversation.ended"))
}

/** Sends what was edited. Where that fails, it can go on being edited. */
export async function saveEdit(conversation: Conversation): Promise<void> {
  const { seq, text } = conversation.editing ?? {}
  if (seq === undefined) return
  try {
    conversation.receive(await api.patch<OperatorEvent>(`/conversations/${conversation.id}/messages/${seq}`, { text }))
    if (conversation.editing?.seq === seq) conversation.editing = null
  } catch (error) {
    tellError(error)
  }
}

async function change(inbox: Inbox, request: () => Promise<ConversationSummary>): Promise<boolean> {
  try {
    inbox.put(await request())
    return true
  } catch (error) {
    tellError(error)
    return false
  }
}
