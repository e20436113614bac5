/** Shifts what floats until it is inside the window: a button at the edge of a phone has no room on one side. */
export function inside(element: HTMLElement): void {
  const { left, right } = element.getBoundingClientRect()
  if (left < MARGIN) element.style.translate = `${MARGIN - left}px`
  else if (right > innerWidth - MARGIN) element.style.translate = `${innerWidth - MARGIN - right}px`
}

const MARGIN = 12
