import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { freePort } from "./ports"

const root = fileURLToPath(new URL("../..", import.meta.url))
const programs = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug")
const program = join(programs, "frontdesk")
const SETUP_LINK = /https?:\/\/\S+\/console\/\S*setup\S+/

/** A real server with a fresh data folder, which can be stopped and started again on the same port. */
export class Frontdesk {
  #process: ChildProcess | undefined
  #output = ""

  private constructor(
    readonly port: number,
    readonly folder: string,
    readonly options: string[],
  ) {}

  /** With options of `frontdesk serve` beyond those that every story needs. */
  static async start(...options: string[]): Promise<Frontdesk> {
    const server = new Frontdesk(await freePort(), await mkdtemp(join(tmpdir(), "frontdesk-story-")), options)
    await server.startAgain()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** What the first start printed for the first administrator. */
  get setupLink(): string {
    const link = SETUP_LINK.exec(this.#output)?.[0]
    if (!link) throw new Error(`no setup link was printed:\n${this.#output}`)
    return link
  }

  get output(): string {
    return this.#output
  }

  async startAgain(): Promise<void> {
    this.#output = ""
    const options = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.folder, ...this.options]
    const child = spawn(program, options, { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
    this.#process = child
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (this.#output += chunk.toString()))
    }
    const ended = once(child, "exit").then(() => {
      throw new Error(`the server ended early:\n${this.#output}`)
    })
    await Promise.race([this.#ready(), ended])
    // From here on, ending is what stop() and kill() want.
    ended.catch(() => {})
  }

  /** Somebody more who can sign in, added on the command line beside the running server. */
  async addsOperator(name: string, email: string, password: string): Promise<void> {
    const options = ["user", "add", "--data", this.folder, "--name", name, "--email", email, "--password-stdin"]
    const child = spawn(program, options, { cwd: root, stdio: ["pipe", "ignore", "inherit"] })
    child.stdin.end(`${password}\n`)
    const [code] = await once(child, "exit")
    if (code !== 0) throw new Error(`the operator was not added: ${code}`)
  }

  /** So many open conversations in the database, made while the server is away. The operators there are answer them. */
  async fills(conversations: number): Promise<void> {
    await this.stop()
    const open = ["--conversations", String(conversations), "--open", String(conversations), "--messages", "2", "--days", "30"]
    const options = ["demo-data", "--database-url", `sqlite:${join(this.folder, "frontdesk.db")}`, "--operators", "1", ...open]
    const child = spawn(join(programs, "frontdesk-load"), options, { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
    const [code] = await once(child, "exit")
    if (code !== 0) throw new Error(`the database was not filled: ${code}`)
    await this.startAgain()
  }

  /** As an operating system does it: politely. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM")
  }

  /** As a power cut does it. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL")
  }

  async remove(): Promise<void> {
    await this.kill()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (!child || child.exitCode !== null) return
    const exit = once(child, "exit")
    child.kill(signal)
    await exit
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + 20_000
    while (Date.now() < deadline) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`the server is not ready:\n${this.#output}`)
  }
}
