import { element, icon } from "../dom/element"
import { SPEECH } from "./icons"

/** Initials on a hue of the name; the channel's own where nobody is known yet. */
export function avatar(name: string | undefined): HTMLElement {
  if (!name) return element("span", { className: "avatar", ariaHidden: "true" }, icon(SPEECH))
  const made = element("span", { className: "avatar named", ariaHidden: "true" }, initials(name))
  made.style.setProperty("--hue", String(hue(name)))
  return made
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0]!, words.length > 1 ? words.at(-1)! : ""].map((word) => [...word][0] ?? "")
  return letters.join("").toLocaleUpperCase()
}

function hue(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 360, 200)
}
