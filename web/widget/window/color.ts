const ENOUGH_CONTRAST = 7

/** The channel's colour (#rrggbb), made darker until white text on it has a contrast of 7:1: its header in a dark window. */
export function darkened(color: string): string {
  let channels = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
  while (1.05 / (luminance(channels) + 0.05) < ENOUGH_CONTRAST) channels = channels.map((channel) => channel * 0.95)
  return `rgb(${channels.map(Math.round).join()})`
}

/** As WCAG defines it. */
function luminance(channels: number[]): number {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
