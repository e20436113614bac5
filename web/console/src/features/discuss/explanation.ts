import type { Explanation } from "@frontdesk/protocol"
import { t, tCount } from "../../lib/text.svelte.ts"

/** Why an operator was chosen, in a sentence. */
export function explanation(why: Explanation, name: string): string {
  if (why.candidates <= 1) return t("why.only", { name })
  const ongoing = why.ongoing === 0 ? t("why.no_ongoing") : tCount("why.ongoing", why.ongoing)
  return t("why.least_busy", { name, ongoing, candidates: why.candidates })
}
