import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Connection } from "../src/connection"
import type { ConnectionState, Frame, OpenTransport, TransportEvents } from "../src/connection"

/** A server's end of every transport that was opened. */
class Wire {
  attempts: { name: string; events: TransportEvents<Frame>; sent: Frame[]; open: boolean }[] = []

  transport(name: string): OpenTransport<Frame, Frame> {
    return (events) => {
      const attempt = { name, events, sent: [] as Frame[], open: true }
      this.attempts.push(attempt)
      return { send: (frame) => attempt.sent.push(frame), close: () => (attempt.open = false) }
    }
  }

  get latest() {
    return this.attempts.at(-1)!
  }

  accept(): void {
    this.latest.events.opened()
    this.latest.events.frame({ kind: "ready" })
  }
}

let wire: Wire
let states: ConnectionState[]
let connection: Connection<Frame, Frame>

beforeEach(() => {
  vi.useFakeTimers()
  wire = new Wire()
  states = []
})
afterEach(() => {
  connection.stop()
  vi.useRealTimers()
})

function connect(...names: string[]): void {
  connection = new Connection<Frame, Frame>({
    transports: names.map((name) => wire.transport(name)),
    greeting: () => ({ kind: "hello" }),
    onFrame: () => {},
    onState: (state) => states.push(state),
  })
  connection.start()
}

/** Waits out the pause, and says how long it was. */
function comeBack(): number {
  const { state } = connection
  const pause = state.kind === "waiting" ? state.retryAt - Date.now() : NaN
  vi.advanceTimersByTime(Math.ceil(pause))
  return pause
}

test("it greets, and counts as open with the first frame", () => {
  connect("socket")
  wire.latest.events.opened()
  expect(wire.latest.sent).toEqual([{ kind: "hello" }])
  expect(connection.state.kind).toBe("connecting")
  wire.latest.events.frame({ kind: "ready" })
  expect(connection.state.kind).toBe("open")
})

test("it comes back by itself, soon at first and never after more than 15 seconds", () => {
  connect("socket")
  wire.accept()
  const pauses = Array.from({ length: 10 }, () => {
    wire.latest.events.closed(1006)
    return comeBack()
  })
  expect(wire.attempts).toHaveLength(11)
  expect(pauses[0]).toBeLessThanOrEqual(500)
  expect(Math.max(...pauses)).toBeLessThanOrEqual(15_000)
  expect(pauses[9]).toBeGreaterThan(7_000)
})

test.each([4400, 4401, 1003, 1009])("it does not come back after %i", (code) => {
  connect("socket")
  wire.accept()
  wire.latest.events.closed(code)
  expect(connection.state).toEqual({ kind: "closed", code })
  vi.advanceTimersByTime(60_000)
  expect(wire.attempts).toHaveLength(1)
})

test.each(["online", "pageshow"])("it does not wait for the timer at %s", (hint) => {
  connect("socket")
  wire.latest.events.closed(1006)
  dispatchEvent(new Event(hint))
  expect(wire.attempts).toHaveLength(2)
})

test("a server that does not answer a ping is left", () => {
  connect("socket")
  wire.accept()
  vi.advanceTimersByTime(25_000)
  expect(wire.latest.sent.at(-1)).toEqual({ kind: "ping" })
  vi.advanceTimersByTime(10_000)
  expect(wire.attempts[0]!.open).toBe(false)
  expect(connection.state.kind).toBe("waiting")
})

test("a server that answers is kept", () => {
  connect("socket")
  wire.accept()
  for (let minutes = 0; minutes < 5; minutes += 1) {
    vi.advanceTimersByTime(25_000)
    wire.latest.events.frame({ kind: "pong" })
  }
  expect(connection.state.kind).toBe("open")
  expect(wire.attempts).toHaveLength(1)
})

test("where sockets are blocked the next transport takes over at once", () => {
  connect("socket", "stream", "poll")
  wire.latest.events.closed(1006)
  expect(wire.latest.name).toBe("stream")
  wire.accept()
  wire.latest.events.closed(1006)
  vi.advanceTimersByTime(500)
  expect(wire.latest.name).toBe("stream")
})

test("a socket that has worked survives the restart of the server", () => {
  connect("socket", "stream")
  wire.accept()
  for (const code of [1012, 1006, 1006]) {
    wire.latest.events.closed(code)
    comeBack()
  }
  expect(wire.attempts.map((attempt) => attempt.name)).toEqual(["socket", "socket", "socket", "socket"])
})

test("a transport that cannot even be made counts as broken", () => {
  const refused = () => {
    throw new Error("blocked by the page's policy")
  }
  connection = new Connection<Frame, Frame>({ transports: [refused, wire.transport("stream")], onFrame: () => {} })
  connection.start()
  expect(wire.latest.name).toBe("stream")
})

test("nothing is sent before it is open, and a closed transport is not listened to", () => {
  connect("socket")
  expect(connection.send({ kind: "typing" })).toBe(false)
  wire.accept()
  const old = wire.latest
  dispatchEvent(new Event("pagehide"))
  expect(old.open).toBe(false)
  old.events.frame({ kind: "event" })
  expect(connection.state.kind).toBe("waiting")
})
