import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"
import { story } from "./story"

/** What a browser says of a line that does not carry. */
export const LINE_FAULTS = [
  /net::ERR_(CONNECTION|SOCKET|EMPTY|INCOMPLETE|INTERNET|NETWORK)_\w+/,
  /WebSocket connection to .* failed/,
]

/** The line between somebody and the server: it can be cut, mended, and made to carry one way only. */
export class Wire {
  #server: Server
  #port: number
  #ends = new Set<Socket>()
  #isCut = false
  #isOneWay = false
  #unanswered: RegExp | undefined

  private constructor(port: number) {
    this.#port = port
    this.#server = createServer((near) => this.#join(near))
  }

  static async start(port: number): Promise<Wire> {
    const wire = new Wire(port)
    wire.#server.listen(0, "127.0.0.1")
    await once(wire.#server, "listening")
    return wire
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Breaks what is connected, and lets nothing through until it is mended. */
  cut(): void {
    this.#isCut = true
    this.#ends.forEach((end) => end.destroy())
  }

  /** Carries again. Answers that were held are lost, with their connections. */
  mend(): void {
    if (this.#isOneWay || this.#unanswered) this.cut()
    this.#isCut = false
    this.#isOneWay = false
    this.#unanswered = undefined
  }

  /** What is sent arrives at the server; its answers do not come back. */
  holdAnswers(): void {
    this.#isOneWay = true
    this.#ends.forEach((end) => end.unpipe())
  }

  /** The same, from the first request on that begins like this. */
  holdAnswersFrom(request: RegExp): void {
    this.#unanswered = request
  }

  async stop(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, "close")
  }

  #join(near: Socket): void {
    if (this.#isCut) return void near.destroy()
    const far = connect(this.#port, "127.0.0.1")
    near.on("data", (sent: Buffer) => {
      if (this.#unanswered?.test(sent.toString("latin1"))) this.holdAnswers()
      far.write(sent)
    })
    if (!this.#isOneWay) far.pipe(near)
    this.#tie(near, far)
    this.#tie(far, near)
  }

  #tie(end: Socket, other: Socket): void {
    this.#ends.add(end)
    end.on("error", () => {})
    end.on("close", () => {
      this.#ends.delete(end)
      other.destroy()
    })
  }
}

/** A story whose people may be connected through a wire: `stage.visitor({ server: wire.url })`. */
export const wiredStory = story.extend<{ wire: Wire }>({
  wire: async ({ frontdesk }, use) => {
    const wire = await Wire.start(frontdesk.port)
    await use(wire)
    await wire.stop()
  },
})
