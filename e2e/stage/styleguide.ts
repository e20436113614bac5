import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFile, mkdtemp, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { tmpdir } from "node:os"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))
const kinds: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png" }

/** The console's building blocks in all states, which only a development build has. */
export class Styleguide {
  private constructor(
    readonly url: string,
    readonly server: Server,
    readonly folder: string,
  ) {}

  static async build(): Promise<Styleguide> {
    const folder = await mkdtemp(join(tmpdir(), "frontdesk-styleguide-"))
    const build = ["run", "build:styleguide", "--workspace", "web/console", "--", "--outDir", folder, "--logLevel", "error"]
    const [code] = await once(spawn("npm", build, { cwd: root, stdio: ["ignore", "ignore", "inherit"] }), "exit")
    if (code !== 0) throw new Error(`the styleguide was not built: ${code}`)
    const server = createServer((request, response) => {
      // Nobody is signed in here.
      if (!request.url?.startsWith("/console/")) return response.writeHead(204).end()
      const path = new URL(request.url, "http://localhost").pathname.slice("/console/".length) || "index.html"
      readFile(join(folder, path)).then(
        (file) => response.writeHead(200, { "Content-Type": kinds[extname(path)] ?? "text/html" }).end(file),
        () => response.writeHead(404).end(),
      )
    })
    await once(server.listen(0, "127.0.0.1"), "listening")
    const address = server.address()
    if (!address || typeof address === "string") throw new Error("no port")
    return new Styleguide(`http://127.0.0.1:${address.port}/console/#/styleguide`, server, folder)
  }

  async remove(): Promise<void> {
    this.server.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}
