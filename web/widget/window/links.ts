import { element } from "./dom"

// What ends a sentence does not belong to the address in it.
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?»”)\]}]/gi

/** Text with its addresses made clickable: only http, https and www, and never anything but text and links. */
export function linked(text: string): (string | HTMLAnchorElement)[] {
  const parts: (string | HTMLAnchorElement)[] = []
  let from = 0
  for (const { 0: address, index } of text.matchAll(LINK)) {
    const href = /^www/i.test(address) ? `https://${address}` : address
    const link = element("a", { href, target: "_blank", rel: "noreferrer nofollow" }, address)
    parts.push(text.slice(from, index), link)
    from = index + address.length
  }
  return [...parts, text.slice(from)]
}
