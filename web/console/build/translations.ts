import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Plugin } from "vite"

type Catalogue = Record<string, string>

/** The catalogues that the console shows; each exists once in every language. */
const FILES = ["console.json", "chatbots.json", "errors.json"]

/** Refuses to build while a language lacks a text, has one too many, or names other placeholders than English. */
export function translations(folder: string): Plugin {
  return {
    name: "frontdesk-translations",
    apply: "build",
    buildStart() {
      const mistakes = translationMistakes(folder)
      if (mistakes.length > 0) this.error(`translations:\n  ${mistakes.join("\n  ")}`)
    },
  }
}

export function translationMistakes(folder: string): string[] {
  const languages = readdirSync(folder).filter((language) => language !== "en" && isOfConsole(folder, language))
  return languages.flatMap((language) =>
    FILES.flatMap((file) => {
      const differences = compare(read(folder, "en", file), read(folder, language, file))
      return differences.map((difference) => `${language}/${file}: ${difference}`)
    }),
  )
}

/** The widget speaks more languages than the console. */
function isOfConsole(folder: string, language: string): boolean {
  return FILES.some((file) => existsSync(join(folder, language, file)))
}

export function compare(source: Catalogue, translated: Catalogue): string[] {
  const missing = Object.keys(source).filter((key) => !translated[key])
  const surplus = Object.keys(translated).filter((key) => !(key in source))
  const shared = Object.keys(source).filter((key) => translated[key])
  const different = shared.filter((key) => placeholders(source[key]) !== placeholders(translated[key]))
  return [
    ...missing.map((key) => `${key} is missing`),
    ...surplus.map((key) => `${key} does not exist in English`),
    ...different.map((key) => `${key} has other placeholders than English`),
  ]
}

function placeholders(text = ""): string {
  return [...new Set(text.match(/\{\w+\}/g))].toSorted().join()
}

function read(folder: string, language: string, file: string): Catalogue {
  const path = join(folder, language, file)
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Catalogue) : {}
}
