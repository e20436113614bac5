/** What the field for a new message and the one for an edited message have in common. */

export const LONGEST_MESSAGE = 8000

/** In characters as the server counts them: an emoji is one. */
export function lengthOf(text: string): number {
  return [...text].length
}

/** Enter that sends: while a syllable is being composed, it belongs to the input method. */
export function isEnter(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing
}
