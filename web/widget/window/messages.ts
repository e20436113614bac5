import type { OutboxEntry } from "@frontdesk/live"
import type { StartRequest, VisitorEvent } from "@frontdesk/protocol"

/** What waits in the outbox. The first message of a conversation starts it. */
export interface Written {
  text: string
  start?: Pick<StartRequest, "page_url" | "page_title" | "language" | "time_zone" | "email" | "operator">
}
export type Unsent = OutboxEntry<Written>

export type Incoming = VisitorEvent & { kind: "message.posted" }

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
