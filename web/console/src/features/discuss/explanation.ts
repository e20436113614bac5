import type { Explanation } from "@frontdesk/protocol"
import { countryName, languageName } from "../../lib/format.ts"
import { t, tCount } from "../../lib/text.svelte.ts"

/** Why an operator was chosen, in a sentence. */
export function explanation(why: Explanation, name: string): string {
  switch (why.rule) {
    case "previous_operator":
      return t("why.previous", { name })
    case "shown_operator":
      return t("why.shown", { name })
    case "language":
      return t("why.language", { name, language: languageName(why.language ?? "") })
    case "country":
      return t("why.country", { name, country: countryName(why.country ?? "") })
    case "language_and_all_expertise":
    case "language_and_some_expertise":
      return t("why.language_and_expertise", { name, language: languageName(why.language ?? "") })
    case "all_expertise":
    case "some_expertise":
      return t("why.expertise", { name })
    case "nobody_free":
      return whyWaiting(why)
    case "least_busy":
      return leastBusy(why, name)
  }
}

/** Why a conversation had to wait. */
export function whyWaiting(why: Explanation): string {
  return why.limit === null ? t("why.nobody_free") : tCount("why.at_limit", why.limit)
}

function leastBusy(why: Explanation, name: string): string {
  if (why.candidates <= 1) return t("why.only", { name })
  const ongoing = why.ongoing === 0 ? t("why.no_ongoing") : tCount("why.ongoing", why.ongoing)
  return t("why.least_busy", { name, ongoing, candidates: why.candidates })
}

/** What became of one candidate. */
export function reason({ reason, ongoing }: Explanation["considered"][number]): string {
  const load = ongoing === 0 ? t("why.no_ongoing") : tCount("why.ongoing", ongoing)
  return t("why.candidate", { reason: t(`reason.${reason}`), load })
}
