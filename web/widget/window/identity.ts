import type { Setting } from "../contract"
import type { Conversation } from "./conversation"
import type { Http, Refusal } from "./http"

/** Tells the team whom the page has named; the page hears what is wrong with it. */
export function identify({ frontdesk, identity, events }: Setting, http: Http): void {
  const body = JSON.stringify({ ...identity, channel_id: frontdesk.channel })
  http.request("identity", { method: "PUT", body }).catch(({ code }: Partial<Refusal>) => code && events.emit("error", code))
}

/** Somebody else is here now: the conversation, the secret and unsent words are forgotten. */
export function logOut(conversation: Conversation): void {
  conversation.startAnew()
  for (const name of ["secret", "draft", "email"] as const) conversation.keep(name, "")
}
