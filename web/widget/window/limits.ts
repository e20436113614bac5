/** Of a message, as the server counts: characters, not UTF-16 units. */
export const MOST_CHARACTERS = 8000
