import { text } from "../extras-texts"
import { MOST_CHARACTERS } from "./limits"
import type { Scene } from "./scene"

/** Above the field: too long, or where a conversation stands that nobody answers yet. */
export function hint({ conversation: { pending }, words }: Scene, count: number): string {
  if (count > MOST_CHARACTERS) return words.say(text.too_long, { most: MOST_CHARACTERS, count })
  if (pending.waiting) return words.say(text.position, { ...pending.waiting })
  return pending.left_message ? text.left_message : ""
}
