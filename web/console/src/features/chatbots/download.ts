import { BASE } from "../../lib/api.ts"

/** Lets the browser save what the API answers, under the name that comes with it. */
export function downloadFile(path: string): void {
  const link = document.createElement("a")
  link.href = BASE + path
  link.download = ""
  link.click()
}
