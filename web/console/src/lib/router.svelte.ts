/** Pages by address: `#/discuss/12` survives back, forward, reload and being sent to a colleague. */
export type Route =
  | { page: "discuss"; conversation: number | null }
  | { page: "channels" }
  | { page: "preferences" }
  | { page: "signin" }
  | { page: "styleguide" }
  | { page: "setup"; token: string }

const current = $state({ route: parse(location.hash) })

addEventListener("hashchange", () => (current.route = parse(location.hash)))

export function route(): Route {
  return current.route
}

export function address(to: Route): string {
  if (to.page === "discuss" && to.conversation !== null) return `#/discuss/${to.conversation}`
  if (to.page === "setup") return `#/setup?token=${encodeURIComponent(to.token)}`
  return `#/${to.page}`
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
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?")
  const [page, argument] = path.split("/")
  switch (page) {
    case "channels":
    case "preferences":
    case "signin":
    case "styleguide":
      return { page }
    case "setup":
      return { page, token: new URLSearchParams(query).get("token") ?? "" }
    default:
      return { page: "discuss", conversation: /^\d+$/.test(argument ?? "") ? Number(argument) : null }
  }
}
