import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

const RIGHT_TO_LEFT = ["ar"]
const EXTRAS = "extras."

/** The widget's texts of every language that has them, minified; throws with all that is missing or unknown. */
export async function languages(folder) {
  const english = await catalogue(folder, "en")
  const codes = (await readdir(folder)).sort()
  const found = await Promise.all(codes.map(async (code) => ({ code, texts: await catalogue(folder, code) })))
  const translated = found.filter(({ texts }) => texts)
  const problems = translated.flatMap(({ code, texts }) => differences(code, english, texts))
  if (problems.length) throw new Error(`translations:\n${problems.join("\n")}`)
  return translated.map(({ code, texts }) => ({
    code,
    direction: RIGHT_TO_LEFT.includes(code) ? "rtl" : "ltr",
    // A list in the order of English: scripts know the texts by number.
    text: JSON.stringify(ofWindow(english).map((name) => texts[name])),
    extras: extrasTexts(texts),
  }))
}

/** `texts.ts` as the scripts carry it: plain numbers, which the minifier puts where they are used. */
export async function numbers(folder) {
  const names = ofWindow(await catalogue(folder, "en"))
  return `export const key = ${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, index])))}`
}

function ofWindow(english) {
  return Object.keys(english).filter((name) => !name.startsWith(EXTRAS))
}

/** `extras-texts.ts` as the second script of one language carries it. */
function extrasTexts(texts) {
  const own = Object.entries(texts).filter(([name]) => name.startsWith(EXTRAS))
  return `export const text = ${JSON.stringify(Object.fromEntries(own.map(([name, text]) => [name.slice(EXTRAS.length), text])))}`
}

async function catalogue(folder, code) {
  const text = await readFile(join(folder, code, "widget.json"), "utf8").catch(() => undefined)
  return text && JSON.parse(text)
}

/** What this language lacks, has too much, or fills differently than English. */
export function differences(code, english, texts) {
  const missing = Object.keys(english).filter((key) => !texts[key])
  const unknown = Object.keys(texts).filter((key) => !(key in english))
  const different = Object.keys(english).filter((key) => texts[key] && placeholders(texts[key]) !== placeholders(english[key]))
  return [
    ...missing.map((key) => `${code}: ${key} is missing`),
    ...unknown.map((key) => `${code}: ${key} is not in English`),
    ...different.map((key) => `${code}: ${key} has other placeholders than English`),
  ]
}

function placeholders(text) {
  return [...new Set(text.match(/\{\w+\}/g))].sort().join()
}
