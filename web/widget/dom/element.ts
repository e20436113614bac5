/** An element with properties (listeners as well: `onclick`…) and children. Text stays text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties?: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** A drawn icon on a box of 24: one path, no markup that a page's Trusted Types policy could refuse. */
export function icon(path: string): SVGElement {
  const [drawing, line] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag)) as [SVGElement, SVGElement]
  drawing.setAttribute("viewBox", "0 0 24 24")
  line.setAttribute("d", path)
  drawing.append(line)
  return drawing
}

export function styleSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}
