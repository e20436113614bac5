import type { Author, VisitorProfile } from "@frontdesk/protocol"
import { countryName } from "../../lib/format.ts"
import { t } from "../../lib/text.svelte.ts"

/** The visitor's name, or "Visitor #12". */
export function visitorName(visitor: VisitorProfile): string {
  return visitor.name ?? t("visitor.unknown", { id: visitor.id })
}

/** In lists, where from tells unknown visitors apart: "Visitor #12 (Portugal)". */
export function visitorTitle(visitor: VisitorProfile): string {
  if (visitor.name || !visitor.country) return visitorName(visitor)
  return t("visitor.unknown_from", { id: visitor.id, country: countryName(visitor.country) })
}

export function authorName(author: Author, visitor: VisitorProfile): string {
  return author.kind === "visitor" ? visitorName(visitor) : author.name
}
