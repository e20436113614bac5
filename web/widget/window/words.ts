import type { Texts } from "../contract"

export type Key = keyof Texts
type Values = Record<string, string | number>

/** The widget's texts in one language, and how that language writes times and days. */
export class Words {
  readonly language: string
  #texts: Texts
  #time: Intl.DateTimeFormat
  #full: Intl.DateTimeFormat

  constructor(texts: Texts, language: string) {
    this.#texts = texts
    this.language = language
    this.#time = new Intl.DateTimeFormat(language, { timeStyle: "short" })
    this.#full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" })
  }

  say(key: Key, values: Values = {}): string {
    return this.#texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
  }

  /** Of two texts, the one for this number; the second is worded so that it fits all but one. */
  count(key: "queued" | "unread", count: number): string {
    const isOne = new Intl.PluralRules(this.language).select(count) === "one"
    return this.say(`${key}_${isOne ? "one" : "other"}`, { count: count.toLocaleString(this.language) })
  }

  time(at: Date): string {
    return this.#time.format(at)
  }

  /** For a tooltip: nothing left out. */
  full(at: Date): string {
    return this.#full.format(at)
  }

  /** Today, yesterday, or the date. */
  day(at: Date): string {
    const days = Math.round((midnight(at) - midnight(new Date())) / 86_400_000)
    const name =
      days > -2 && days < 1
        ? new Intl.RelativeTimeFormat(this.language, { numeric: "auto" }).format(days, "day")
        : new Intl.DateTimeFormat(this.language, { dateStyle: "long" }).format(at)
    return name[0]!.toLocaleUpperCase(this.language) + name.slice(1)
  }
}

function midnight(at: Date): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
