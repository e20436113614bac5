/** Builds loader, window, languages and extras into dist/, and fails where they are larger than their budget. */

import { gzipAsync } from "@gfx/zopfli"
import { createHash } from "node:crypto"
import { mkdir, readdir, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { bundle } from "./bundle.mjs"
import { languages, numbers } from "./languages.mjs"
import { ownNames } from "./names.mjs"
import { report } from "./sizes.mjs"

const widget = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(widget, "dist")
const translations = join(widget, "../../translations")
const written = new Set()

await mkdir(dist, { recursive: true })

const keys = await numbers(translations)
const catalogues = await languages(translations)
const names = { own: await ownNames(widget), cache: {} }
const extrasScripts = []
// One after the other: they share the shortened names.
for (const { extras } of catalogues) extrasScripts.push(await bundle(join(widget, "window/extras.ts"), "esm", keys, { extras, names }))
// One name for those of all languages: the window knows it, and puts its language before it.
const extrasHash = hash(extrasScripts.join())
const extras = await Promise.all(catalogues.map(({ code }, index) => write(`extras.${code}.${extrasHash}.js`, extrasScripts[index])))
const window = await writeHashed("window", "js", await bundle(join(widget, "window/index.ts"), "esm", keys, { hash: extrasHash, names }))
// The server puts the channel's number in, and compresses it itself.
const loader = await write("loader.js", await bundle(join(widget, "loader/index.ts"), "iife", keys), (text) => gzipSync(text, { level: 9 }))
const texts = await Promise.all(catalogues.map(({ code, text }) => writeHashed(`lang.${code}`, "json", text)))

const builtLanguages = catalogues.map(({ code, direction }, index) => [code, { file: texts[index].name, direction }])
const manifest = { loader: loader.name, window: window.name, languages: Object.fromEntries(builtLanguages) }
await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2))
await removeStale()
process.exitCode = report(loader, window, texts, extras) ? 0 : 1

/** The name tells the content, so that browsers may keep the file for ever. */
function writeHashed(name, ending, text) {
  return write(`${name}.${hash(text)}.${ending}`, text)
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 10)
}

/** Beside it stands what the server sends. */
async function write(name, text, compress = zopfli) {
  const gzipped = await compress(text)
  await Promise.all([writeFile(join(dist, name), text), writeFile(join(dist, `${name}.gz`), gzipped)])
  written.add(name).add(`${name}.gz`)
  return { name, size: gzipped.length }
}

/** Three percent smaller than other gzip, in a time that only a build has. */
function zopfli(text) {
  return gzipAsync(Buffer.from(text), { numiterations: 15 })
}

/** Last, so that a server that reads this folder meanwhile finds everything. */
async function removeStale() {
  const stale = (await readdir(dist)).filter((name) => name !== "manifest.json" && !written.has(name))
  await Promise.all(stale.map((name) => rm(join(dist, name))))
}
