import type { Texts } from "../texts"

type Values = Record<string, string | number>

/** The widget's texts in one language, and how that language writes times and days. */
export class Words {
  readonly language: string
  #texts: Texts
  #region: string
  #time: Intl.DateTimeFormat
  #date: Intl.DateTimeFormat

  constructor(texts: Texts, language: string) {
    this.#texts = texts
    this.language = language
    // The region decides how the hour and the digits are written, and the browser knows the region.
    this.#region = navigator.languages.find((it) => it.startsWith(language)) ?? (language === "ar" ? "ar-EG" : language)
    this.#time = new Intl.DateTimeFormat(this.#region, { timeStyle: "short" })
    this.#date = new Intl.DateTimeFormat(this.#region, { dateStyle: "long" })
  }

  /** A text by its number, or one that somebody else carries. */
  say(text: number | string, values: Values = {}): string {
    return (this.#texts[text as number] ?? (text as string)).replace(/\{(\w+)\}/g, (_, name: string) => values[name]!.toLocaleString(this.#region))
  }

  time(at: Date): string {
    return this.#time.format(at)
  }

  /** Today, yesterday, or the date. */
  day(at: Date): string {
    const days = Math.round((midnight(at) - midnight(new Date())) / 86_400_000)
    const isNear = days === 0 || days === -1
    const name = isNear ? new Intl.RelativeTimeFormat(this.language, { numeric: "auto" }).format(days, "day") : this.#date.format(at)
    return name[0]!.toLocaleUpperCase() + name.slice(1)
  }
}

function midnight(at: Date): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
