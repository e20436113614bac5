import english from "../../translations/en/widget.json"

type Key<Name> = Name extends `extras.${infer Short}` ? Short : never

const shortened = Object.entries(english).map(([name, text]) => [name.replace("extras.", ""), text])

/** The texts of the second script. It is built once for each language, and the build puts that language's here. */
export const text = Object.fromEntries(shortened) as Record<Key<keyof typeof english>, string>
