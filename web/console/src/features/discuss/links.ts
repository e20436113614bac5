/** A piece of a message: words, or an address that can be opened. */
export interface Piece {
  text: string
  href: string | null
}

const ADDRESS = /https?:\/\/[^\s<>"']+/gi
/** Punctuation at the end belongs to the sentence. */
const TRAILING = /[.,;:!?)\]}»”’]+$/

export function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    const href = match[0].replace(TRAILING, "")
    if (!URL.canParse(href)) continue
    if (match.index > end) found.push({ text: text.slice(end, match.index), href: null })
    found.push({ text: href, href })
    end = match.index + href.length
  }
  if (end < text.length) found.push({ text: text.slice(end), href: null })
  return found
}

/** A page's address as shown and opened; null for none and for what no browser should open. */
export function webAddress(address: string | null): { href: string; text: string } | null {
  if (!address || !URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol !== "http:" && url.protocol !== "https:") return null
  return { href: url.href, text: url.host + (url.pathname === "/" ? "" : url.pathname) }
}
