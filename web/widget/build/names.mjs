import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

const MEMBER = /^ {2}(?:readonly |get |async )*(\w+)[?!]?[(:<]/gm
const WORD = /\w+/g
const COMMENT = /\/\*.*?\*\//gs
// Files whose words are read by somebody else: the server, the page, the loader, the window that fetches the extras.
const SHARED = ["../protocol/generated.ts", "contract.d.ts", "frontdesk.d.ts", "window/extras.ts"]
// What the outbox keeps in storage is read by later versions.
const STORED = ["id", "conversation", "at", "value", "refused", "text", "start", "answer"]

/** Members of our own classes that only our own code names, so that they may be shortened. Names of the platform are left out by the minifier. */
export async function ownNames(widget) {
  const folders = [join(widget, "window"), join(widget, "../live/src")]
  const own = (await Promise.all(folders.map(sources))).flat().flatMap((text) => [...text.matchAll(MEMBER)].map(([, name]) => name))
  const shared = (await Promise.all(SHARED.map((file) => readFile(join(widget, file), "utf8")))).flatMap((text) => text.replace(COMMENT, "").match(WORD))
  const foreign = new Set([...shared, ...STORED])
  return [...new Set(own)].filter((name) => !foreign.has(name))
}

async function sources(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts"))
  return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))
}
