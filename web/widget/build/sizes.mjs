const KB = 1024
const LOADER_BUDGET = 3 * KB
const WHOLE_BUDGET = 15 * KB

/** Prints the compressed sizes beside their budgets; false where one is broken. */
export function report(loader, window, languages, extras) {
  const language = largest(languages)
  const rows = [
    ["loader", loader.size, LOADER_BUDGET],
    ["window", window.size],
    ["language (largest)", language],
    ["extras (on demand)", largest(extras)],
    ["loader + window + language", loader.size + window.size + language, WHOLE_BUDGET],
  ]
  rows.forEach((row) => console.log(line(...row)))
  return rows.every(([, size, budget]) => !budget || size <= budget)
}

function largest(files) {
  return Math.max(...files.map(({ size }) => size))
}

function line(name, size, budget) {
  const verdict = budget ? `of ${(budget / KB).toFixed(2)} KB${size > budget ? "  OVER BUDGET" : ""}` : ""
  return `${name.padEnd(28)} ${(size / KB).toFixed(2).padStart(6)} KB gzip  ${verdict}`.trimEnd()
}
