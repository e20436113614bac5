import english from "../../translations/en/widget.json"

export type Key = Exclude<keyof typeof english, `extras.${string}`>

/**
 * The number of each text that loader and window use. A language is built as a list in the order of English, which spares the names of
 * the texts in every script and every language; the build puts plain numbers here.
 */
export const key = Object.fromEntries(Object.keys(english).map((name, index) => [name, index])) as Record<Key, number>

/** Those texts in one language, by number. */
export type Texts = readonly string[]
