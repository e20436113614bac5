/** Light, dark, or what the system says; kept in this browser and the same in all its tabs. */
import { onRemembered, remember, remembered } from "./storage.ts"

export type Theme = "system" | "light" | "dark"
export const themes: Theme[] = ["system", "light", "dark"]

const chosen = $state({ theme: remembered<Theme>("theme", "system") })

show(chosen.theme)
onRemembered<Theme>("theme", (theme) => show(theme ?? "system"))

export function theme(): Theme {
  return chosen.theme
}

export function chooseTheme(theme: Theme): void {
  remember("theme", theme)
  show(theme)
}

function show(theme: Theme): void {
  chosen.theme = theme
  if (theme === "system") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
