/** The list with one of its members at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.toSpliced(from, 1)
  const [member] = list.slice(from, from + 1)
  return member === undefined ? [...list] : rest.toSpliced(to, 0, member)
}
