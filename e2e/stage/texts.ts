import { readFileSync } from "node:fs"
import type chatbots from "../../translations/en/chatbots.json"
import type console_ from "../../translations/en/console.json"
import type errors from "../../translations/en/errors.json"
import type widget from "../../translations/en/widget.json"

/** Arabic is a language of the widget alone. */
export type Language = "en" | "es" | "ar"

/** The texts that a person sees, so that stories name things as that person would. */
export function widgetTexts(language: Language): typeof widget {
  return read(language, "widget")
}

export function consoleTexts(language: Language): typeof console_ & typeof chatbots {
  return { ...read<typeof console_>(language, "console"), ...read<typeof chatbots>(language, "chatbots") }
}

export function errorTexts(language: Language): typeof errors {
  return read(language, "errors")
}

function read<Texts>(language: Language, name: string): Texts {
  return JSON.parse(readFileSync(new URL(`../../translations/${language}/${name}.json`, import.meta.url), "utf8"))
}
