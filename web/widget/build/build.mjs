/** Builds loader, window and languages into dist/, and fails where they are larger than their budget. */

import { createHash } from "node:crypto"
import { mkdir, readdir, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { bundle } from "./bundle.mjs"
import { languages, numbers } from "./languages.mjs"
import { report } from "./sizes.mjs"

const widget = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(widget, "dist")
const translations = join(widget, "../../translations")
const written = new Set()

await mkdir(dist, { recursive: true })

const keys = await numbers(translations)
const catalogues = await languages(translations)
const loader = await bundle(join(widget, "loader/index.ts"), "iife", keys)
const extras = await bundle(join(widget, "window/extras.ts"), "esm", keys)
const extrasFile = await writeHashed("extras", "js", extras)
const window = await bundle(join(widget, "window/index.ts"), "esm", keys, { __EXTRAS__: JSON.stringify(extrasFile) })

const manifest = {
  loader: await write("loader.js", loader),
  window: await writeHashed("window", "js", window),
  languages: {},
}
for (const { code, direction, text } of catalogues) {
  manifest.languages[code] = { file: await writeHashed(`lang.${code}`, "json", text), direction }
}
await write("manifest.json", JSON.stringify(manifest, null, 2))
await removeStale()
process.exitCode = report(loader, window, extras, catalogues) ? 0 : 1

/** The name tells the content, so that browsers may keep the file for ever. */
async function writeHashed(name, ending, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 10)
  return write(`${name}.${hash}.${ending}`, text)
}

async function write(name, text) {
  await writeFile(join(dist, name), text)
  written.add(name)
  return name
}

/** Last, so that a server that reads this folder meanwhile finds everything. */
async function removeStale() {
  const stale = (await readdir(dist)).filter((name) => /\.(js|json)$/.test(name) && !written.has(name))
  await Promise.all(stale.map((name) => rm(join(dist, name))))
}
