/**
 * The few things that the loader keeps with the page's own site: the bubble was dismissed, the window
 * opened by itself, it is open (in this tab). `conversation` is written by the window.
 */
type Flag = "dismissed" | "opened" | "open" | "conversation"

/** Sets or clears a flag where told to, and says whether it is set; never where storage is refused. */
export type Flags = (flag: Flag, value?: boolean) => boolean

export function flagsOf(channel: number): Flags {
  return (flag, value) => {
    const key = `frontdesk.${channel}.${flag}`
    try {
      const storage = flag === "open" ? sessionStorage : localStorage
      if (value) storage[key] = 1
      if (value === false) delete storage[key]
      return key in storage
    } catch {
      return false
    }
  }
}
