/** The texts of the console in the person's language; switching redraws what is shown, without a reload. */
import type chatbotTexts from "$translations/en/chatbots.json"
import type consoleTexts from "$translations/en/console.json"
import type errorTexts from "$translations/en/errors.json"
import { untrack } from "svelte"
import { remember, remembered } from "./storage.ts"

export type Key = keyof typeof consoleTexts | keyof typeof chatbotTexts
export type ErrorCode = keyof typeof errorTexts
export type Language = keyof typeof languages
type CountKey = Key extends infer K ? (K extends `${infer Base}.other` ? Base : never) : never
type Values = Record<string, string | number>
interface Catalogue {
  texts: Record<Key, string>
  errors: Record<ErrorCode, string>
}

/** Each language names itself, as those who look for it expect. */
export const languages = { en: "English", es: "Español" } as const

const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: async () => ({
    texts: (await import("$translations/en/console.json")).default as Record<Key, string>,
    errors: (await import("$translations/en/errors.json")).default,
  }),
  es: async () => ({
    texts: (await import("$translations/es/console.json")).default as Record<Key, string>,
    errors: (await import("$translations/es/errors.json")).default,
  }),
}

/** Texts that the pages of one feature need, and no other. */
const featureTexts: Record<Feature, Record<Language, () => Promise<{ default: Partial<Record<Key, string>> }>>> = {
  chatbots: {
    en: () => import("$translations/en/chatbots.json"),
    es: () => import("$translations/es/chatbots.json"),
  },
}
type Feature = "chatbots"
const features = new Set<Feature>()

const shown = $state<{ language: Language; catalogue: Catalogue | null }>({ language: "en", catalogue: null })

/** Fetches the texts of a language and shows them. Rejects when they cannot be fetched; the old ones stay. */
export async function speak(language: Language): Promise<void> {
  if (shown.catalogue && shown.language === language) return
  const [catalogue, ...more] = await Promise.all([
    catalogues[language](),
    ...[...features].map((feature) => featureTexts[feature][language]()),
  ])
  shown.language = language
  shown.catalogue = { ...catalogue, texts: Object.assign({}, catalogue.texts, ...more.map((it) => it.default)) }
  remember("language", language)
  document.documentElement.lang = language
}

/** A page together with the texts of its feature. */
export async function withTexts<Page>(feature: Feature, page: Promise<Page>): Promise<Page> {
  features.add(feature)
  const texts = await featureTexts[feature][untrack(language)]()
  if (shown.catalogue) shown.catalogue = { ...shown.catalogue, texts: { ...shown.catalogue.texts, ...texts.default } }
  return page
}

/** The language chosen here before, else the first of the browser's that we speak. */
export function preferredLanguage(): Language {
  const wanted = [remembered("language", ""), ...navigator.languages.map((tag) => tag.split("-")[0] ?? "")]
  return wanted.find(isLanguage) ?? "en"
}

export function isLanguage(tag: string): tag is Language {
  return tag in languages
}

export function language(): Language {
  return shown.language
}

export function t(key: Key, values: Values = {}): string {
  return fill(shown.catalogue?.texts[key] ?? "", values)
}

/** A text that depends on how many there are: `key.one`, `key.other`. */
export function tCount(key: CountKey, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(shown.language).select(count) === "one" ? "one" : "other"
  return t(`${key}.${form}` as Key, { count: new Intl.NumberFormat(shown.language).format(count), ...values })
}

/** What went wrong and what to do, by the stable code of an error. A code of a newer server reads as `internal`. */
export function errorText(code: string): string {
  const errors = shown.catalogue?.errors
  return errors?.[code as ErrorCode] ?? errors?.internal ?? ""
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder))
}
