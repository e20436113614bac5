/** Pages by address: `#/discuss/12` survives back, forward, reload and being sent to a colleague. */
export type Route =
  | { page: "discuss"; conversation: number | null }
  | { page: "channels" }
  | { page: "sessions"; conversation: number | null; query: string }
  | { page: "team"; tab: TeamTab }
  | { page: "channel"; channel: number; tab: ChannelTab }
  | { page: "chatbots"; channel: number | null }
  | { page: "chatbot"; chatbot: number }
  | { page: "preferences" }
  | { page: "forgotten" }
  | { page: "signin" }
  | { page: "styleguide" }
  | { page: "setup"; token: string }
  | { page: "invitation"; token: string }

const teamTabs = ["operators", "expertise", "languages"] as const
export type TeamTab = (typeof teamTabs)[number]

/** The tabs of a channel's form, in their order. */
export const channelTabs = ["operators", "options", "rules", "widget"] as const
export type ChannelTab = (typeof channelTabs)[number]

const current = $state({ route: parse(location.hash) })

addEventListener("hashchange", () => (current.route = parse(location.hash)))

export function route(): Route {
  return current.route
}

/** Whether a page, or one that belongs to it, is shown. */
export function isAt(page: Route["page"]): boolean {
  const shown = current.route.page
  return shown === page || (page === "channels" && shown === "channel") || (page === "chatbots" && shown === "chatbot")
}

export function address(to: Route): string {
  if (to.page === "discuss" && to.conversation !== null) return `#/discuss/${to.conversation}`
  if (to.page === "sessions") return sessionsAddress(to.conversation, to.query)
  if (to.page === "team" && to.tab !== "operators") return `#/team/${to.tab}`
  if (to.page === "setup" || to.page === "invitation") return `#/${to.page}?token=${encodeURIComponent(to.token)}`
  if (to.page === "channel") return `#/channels/${to.channel}/${to.tab}`
  if (to.page === "chatbots" && to.channel !== null) return `#/chatbots?channel=${to.channel}`
  if (to.page === "chatbot") return `#/chatbots/${to.chatbot}`
  return `#/${to.page}`
}

/** A conversation opened from the list keeps the search in its address, for the way back. */
function sessionsAddress(conversation: number | null, query: string): string {
  return `#/sessions${conversation === null ? "" : `/${conversation}`}${query ? `?${query}` : ""}`
}

export function go(to: Route): void {
  location.hash = address(to)
}

/** Like go, but the page that is left cannot be returned to: a used set-up link, the sign-in page. */
export function goInstead(to: Route): void {
  history.replaceState(null, "", address(to))
  current.route = to
}

export function parse(hash: string): Route {
  const [path = "", ...rest] = hash.replace(/^#\/?/, "").split("?")
  const query = rest.join("?")
  const [page, argument, tab] = path.split("/")
  switch (page) {
    case "channels":
      return channelRoute(argument, tab)
    case "chatbots":
      return chatbotRoute(numberOf(argument), query)
    case "preferences":
    case "signin":
    case "forgotten":
    case "styleguide":
      return { page }
    case "sessions":
      return { page, conversation: numberOf(argument), query }
    case "team":
      return { page, tab: teamTabs.find((tab) => tab === argument) ?? "operators" }
    case "setup":
    case "invitation":
      return { page, token: new URLSearchParams(query).get("token") ?? "" }
    default:
      return { page: "discuss", conversation: numberOf(argument) }
  }
}

function numberOf(argument: string | undefined): number | null {
  return /^\d+$/.test(argument ?? "") ? Number(argument) : null
}

function chatbotRoute(chatbot: number | null, query: string): Route {
  if (chatbot !== null) return { page: "chatbot", chatbot }
  return { page: "chatbots", channel: numberOf(new URLSearchParams(query).get("channel") ?? undefined) }
}

function channelRoute(channel: string | undefined, tab: string | undefined): Route {
  if (!/^\d+$/.test(channel ?? "")) return { page: "channels" }
  return { page: "channel", channel: Number(channel), tab: channelTabs.find((it) => it === tab) ?? "operators" }
}
