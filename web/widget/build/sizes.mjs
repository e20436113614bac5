import { gzipSync } from "node:zlib"

const KB = 1024
const LOADER_BUDGET = 3 * KB
const WHOLE_BUDGET = 15 * KB

/** Prints the compressed sizes beside their budgets; false where one is broken. */
export function report(loader, window, extras, catalogues) {
  const language = Math.max(...catalogues.map(({ text }) => compressed(text)))
  const rows = [
    ["loader", compressed(loader), LOADER_BUDGET],
    ["window", compressed(window)],
    ["language (largest)", language],
    ["extras (on demand)", compressed(extras)],
    ["loader + window + language", compressed(loader) + compressed(window) + language, WHOLE_BUDGET],
  ]
  rows.forEach((row) => console.log(line(...row)))
  return rows.every(([, size, budget]) => !budget || size <= budget)
}

function compressed(text) {
  return gzipSync(text, { level: 9 }).length
}

function line(name, size, budget) {
  const verdict = budget ? `of ${(budget / KB).toFixed(2)} KB${size > budget ? "  OVER BUDGET" : ""}` : ""
  return `${name.padEnd(28)} ${(size / KB).toFixed(2).padStart(6)} KB gzip  ${verdict}`.trimEnd()
}
