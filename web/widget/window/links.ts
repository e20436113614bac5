import { element } from "../dom/element"

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"]+/gi
// What ends a sentence does not belong to the address in it.
const END_OF_SENTENCE = /[.,;:!?'»”)\]}]+$/

/** Text with its addresses made clickable: only http, https and www, and never anything but text and links. */
export function linked(text: string): (string | HTMLAnchorElement)[] {
  const parts: (string | HTMLAnchorElement)[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const address = found.replace(END_OF_SENTENCE, (end) => (closes(found, end) ? ")" : ""))
    parts.push(text.slice(from, index), link(address))
    from = index + address.length
  }
  return [...parts, text.slice(from)]
}

/** A closing bracket that was opened inside the address is part of it. */
function closes(address: string, end: string): boolean {
  return end[0] === ")" && address.includes("(")
}

function link(address: string): HTMLAnchorElement {
  const href = /^www/i.test(address) ? `https://${address}` : address
  return element("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, address)
}
