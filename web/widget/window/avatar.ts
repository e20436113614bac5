import { element } from "./dom"

/** A picture, or initials on a hue of the name. */
export function avatar(name: string, src: string | undefined): HTMLElement {
  if (src) return element("img", { className: "avatar", src, alt: "" })
  const made = element("span", { className: "avatar", ariaHidden: "true" }, initials(name))
  made.style.setProperty("--hue", String(hue(name)))
  return made
}

function initials(name: string): string {
  const letters = name.match(/(?<=^|\s)\S/gu) ?? []
  return letters.slice(0, 2).join("").toLocaleUpperCase()
}

function hue(name: string): number {
  return [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 47, 0) % 360
}
