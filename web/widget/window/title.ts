const COUNT = /^\(\d+\+?\) /

/** Puts the number of unread messages before the page's title, whatever the page makes of it meanwhile. */
export function showInTitle(badge: string): void {
  const title = (badge ? `(${badge}) ` : "") + document.title.replace(COUNT, "")
  if (document.title !== title) document.title = title
}
