import type { VisitorProfile } from "@frontdesk/protocol"
import type { IconName } from "../../components/icons.ts"
import type { Route } from "../../lib/router.svelte.ts"
import { t } from "../../lib/text.svelte.ts"
import type { Conversation } from "../discuss/conversation.svelte.ts"
import { visitorTitle } from "../discuss/names.ts"
import { matches } from "../discuss/search.ts"

/** Where one can jump to. */
export interface Destination {
  key: string
  to: Route
  label: string
  detail: string
  icon?: IconName
  visitor?: VisitorProfile
}

/** More are better looked for with another word. */
const MOST_SHOWN = 12

export function destinations(conversations: Conversation[], sought: string, isAdministrator: boolean): Destination[] {
  const word = sought.trim().toLocaleLowerCase()
  const named = pages(isAdministrator).filter((page) => page.label.toLocaleLowerCase().startsWith(word))
  const found = conversations.filter((it) => matches(it.summary, sought)).map(conversationDestination)
  // Without a word the latest conversations are the likelier ones.
  return (word ? [...named, ...found] : [...found.slice(0, MOST_SHOWN - 4), ...named]).slice(0, MOST_SHOWN)
}

function pages(isAdministrator: boolean): Destination[] {
  const chatbots = { key: "chatbots", to: { page: "chatbots", channel: null }, label: t("nav.chatbots"), detail: "", icon: "bot" } as const
  return [
    { key: "discuss", to: { page: "discuss", conversation: null }, label: t("nav.discuss"), detail: "", icon: "chat" },
    { key: "channels", to: { page: "channels" }, label: t("nav.channels"), detail: "", icon: "grid" },
    {
      key: "sessions",
      to: { page: "sessions", conversation: null, query: "" },
      label: t("nav.sessions"),
      detail: t("sessions.all"),
      icon: "history",
    },
    { key: "team", to: { page: "team", tab: "operators" }, label: t("nav.team"), detail: "", icon: "people" },
    ...(isAdministrator ? [chatbots] : []),
    { key: "preferences", to: { page: "preferences" }, label: t("nav.preferences"), detail: "", icon: "sliders" },
  ]
}

function conversationDestination({ id, summary }: Conversation): Destination {
  return {
    key: `conversation-${id}`,
    to: { page: "discuss", conversation: id },
    label: visitorTitle(summary.visitor),
    detail: summary.last_message?.text || summary.channel_name,
    visitor: summary.visitor,
  }
}
