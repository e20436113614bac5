/** Moments at which the network may have come, gone or slept: time to look again instead of waiting for a timer. */
export function onNetworkHint(look: () => void): () => void {
  const lookWhenVisible = () => document.visibilityState === "visible" && look()
  const hints = ["online", "offline", "pageshow"]
  hints.forEach((hint) => addEventListener(hint, look))
  document.addEventListener("visibilitychange", lookWhenVisible)
  return () => {
    hints.forEach((hint) => removeEventListener(hint, look))
    document.removeEventListener("visibilitychange", lookWhenVisible)
  }
}
