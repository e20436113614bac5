import { Backoff } from "./backoff"
import { onNetworkHint } from "./network-hint"

export interface Frame {
  kind: string
}

/** One attempt to be connected. It never calls back before the function that opened it has returned. */
export interface Transport<Client> {
  send(frame: Client): void
  close(): void
}
export interface TransportEvents<Server> {
  /** Frames can be sent. */
  opened(): void
  frame(frame: Server): void
  /** With a close code of the protocol, or 1006 when it just broke. */
  closed(code: number): void
}
export type OpenTransport<Client, Server> = (events: TransportEvents<Server>) => Transport<Client>

export type ConnectionState =
  | { kind: "connecting" }
  /** The server has said its first word. */
  | { kind: "open" }
  | { kind: "waiting"; retryAt: number }
  /** For good: by `stop`, or with the code of a refusal. */
  | { kind: "closed"; code?: number }

export interface ConnectionOptions<Client extends Frame, Server extends Frame> {
  /** In order of preference. One that breaks before its first frame hands over to the next. */
  transports: OpenTransport<Client, Server>[]
  /** The frame to open with, where the protocol asks for one. */
  greeting?: () => Client
  onFrame(frame: Server): void
  onState?(state: ConnectionState): void
}

const PING_EVERY_MS = 25_000
// Also the time that a transport has for its first frame.
const ANSWER_WITHIN_MS = 10_000
// The network may have changed under us: somebody waits in front of the screen, so be quicker to give up.
const ANSWER_HINT_WITHIN_MS = 4_000
// Unreadable frame, binary frame, frame too large, not signed in: coming back would meet the same answer.
const FINAL_CODES = [4400, 4401, 1003, 1009]
const SERVER_RESTARTS = 1012
// One that has worked on this page is not given up at the first failure: a restart would push everybody to the fallbacks.
const PATIENCE_WITH_A_PROVEN_TRANSPORT = 4
const BROKEN = 1006

/** A connection that comes back by itself, until it is stopped or refused for good. */
export class Connection<Client extends Frame, Server extends Frame> {
  #options: ConnectionOptions<Client, Server>
  #state: ConnectionState = { kind: "closed" }
  #backoff = new Backoff()
  #preferred = 0
  #patience = 0
  #transport: Transport<Client> | undefined
  #pingTimer: ReturnType<typeof setTimeout> | undefined
  #deadline: ReturnType<typeof setTimeout> | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #forgetHints: (() => void) | undefined

  constructor(options: ConnectionOptions<Client, Server>) {
    this.#options = options
  }

  // Lifecycle

  start(): void {
    if (this.#forgetHints) return
    this.#forgetHints = onNetworkHint(this.#look)
    addEventListener("pagehide", this.#rest)
    this.#connect()
  }

  stop(): void {
    this.#end({ kind: "closed" })
  }

  // Actions

  get state(): ConnectionState {
    return this.#state
  }

  /** False when there is nobody to send to; the frame is then gone. */
  send(frame: Client): boolean {
    if (this.#state.kind !== "open") return false
    this.#transport?.send(frame)
    return true
  }

  /** Does not wait for the end of the pause. */
  retryNow(): void {
    if (this.#state.kind === "waiting") this.#connect()
  }

  // Internal

  #connect(): void {
    clearTimeout(this.#retryTimer)
    this.#enter({ kind: "connecting" })
    this.#answerWithin(ANSWER_WITHIN_MS)
    try {
      this.#transport = this.#open(this.#options.transports[this.#preferred]!)
    } catch {
      this.#lost(BROKEN)
    }
  }

  /** A transport that has been closed is not listened to any more. */
  #open(open: OpenTransport<Client, Server>): Transport<Client> {
    let current = true
    const transport = open({
      opened: () => current && this.#options.greeting && transport.send(this.#options.greeting()),
      frame: (frame) => current && this.#received(frame),
      closed: (code) => current && this.#lost(code),
    })
    const close = () => {
      current = false
      transport.close()
    }
    return { send: (frame) => transport.send(frame), close }
  }

  #received(frame: Server): void {
    clearTimeout(this.#deadline)
    if (this.#state.kind === "connecting") {
      this.#backoff.reset()
      this.#patience = PATIENCE_WITH_A_PROVEN_TRANSPORT
      this.#enter({ kind: "open" })
      this.#pingLater()
    }
    this.#options.onFrame(frame)
  }

  #lost(code: number): void {
    const hadSpoken = this.#state.kind === "open"
    this.#letGo()
    if (FINAL_CODES.includes(code)) return this.#end({ kind: "closed", code })
    if (code === SERVER_RESTARTS) this.#backoff.reset()
    if (!hadSpoken && this.#preferNext()) return this.#connect()
    const pause = this.#backoff.next()
    this.#retryTimer = setTimeout(() => this.#connect(), pause)
    this.#enter({ kind: "waiting", retryAt: Date.now() + pause })
  }

  /** False when it is time for a pause: there is no other, or the present one deserves another try. */
  #preferNext(): boolean {
    this.#patience -= 1
    if (this.#patience > 0) return false
    this.#preferred = (this.#preferred + 1) % this.#options.transports.length
    return this.#preferred > 0
  }

  #pingLater(): void {
    clearTimeout(this.#pingTimer)
    this.#pingTimer = setTimeout(() => this.#ping(ANSWER_WITHIN_MS), PING_EVERY_MS)
  }

  #ping(within: number): void {
    this.#answerWithin(within)
    this.#pingLater()
    this.send({ kind: "ping" } as Client)
  }

  #answerWithin(time: number): void {
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => this.#lost(BROKEN), time)
  }

  #look = (): void => {
    this.retryNow()
    if (this.#state.kind === "open") this.#ping(ANSWER_HINT_WITHIN_MS)
  }

  /** A page with an open socket cannot be kept for the back button; `pageshow` brings it back. */
  #rest = (): void => {
    this.#letGo()
    this.#enter({ kind: "waiting", retryAt: Date.now() })
  }

  #letGo(): void {
    clearTimeout(this.#pingTimer)
    clearTimeout(this.#deadline)
    clearTimeout(this.#retryTimer)
    this.#transport?.close()
    this.#transport = undefined
  }

  #end(state: ConnectionState): void {
    this.#letGo()
    this.#forgetHints?.()
    this.#forgetHints = undefined
    removeEventListener("pagehide", this.#rest)
    this.#enter(state)
  }

  #enter(state: ConnectionState): void {
    this.#state = state
    this.#options.onState?.(state)
  }
}
