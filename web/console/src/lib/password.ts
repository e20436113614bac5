/** As the server demands; told beforehand, so that nobody finds out by failing. In characters. */
export const SHORTEST_PASSWORD = 10
