import type { VisitorClientFrame, VisitorServerFrame } from "@frontdesk/protocol"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Http } from "../window/http"
import { pollTransport, streamTransport } from "../window/transports"

type Answer = (path: string, init: RequestInit) => Promise<Response>

let asked: string[]
let frames: VisitorServerFrame[]
let closed: number[]
let cursor = 3

beforeEach(() => {
  asked = []
  frames = []
  closed = []
  cursor = 3
})
afterEach(() => vi.unstubAllGlobals())

/** A transport to a server that answers like this. */
function connect(open: typeof streamTransport, answer: Answer) {
  vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
    const path = address.slice("https://chat.test/api/v1/visitor/".length)
    asked.push(`${init.method ?? "GET"} ${path}`)
    return answer(path, init)
  })
  const place = { http: new Http("https://chat.test", () => "secret"), path: () => "conversations/c", cursor: () => cursor }
  return open(place)({ opened: () => {}, frame: (frame) => frames.push(frame), closed: (code) => closed.push(code) })
}

/** A body that stays open after these pieces, as a proxy may cut them. */
function streaming(...pieces: string[]): Response {
  const bytes = new TextEncoder()
  return new Response(new ReadableStream({ start: (body) => pieces.forEach((piece) => body.enqueue(bytes.encode(piece))) }))
}

const refusal = (status: number, code: string, headers = {}) => new Response(JSON.stringify({ errors: [{ code, detail: "" }] }), { status, headers })
const send: VisitorClientFrame = { kind: "send", conversation: "c", client_id: "1", text: "hi" }

test("frames of a stream are lines, however they are cut; a blank line is a sign of life", async () => {
  connect(streamTransport, async () => streaming('{"kind":"presence","conversation":"c","pre', 'sent":true}\n\n{"kind"', ':"pong"}\n'))
  await vi.waitFor(() => expect(frames).toEqual([{ kind: "presence", conversation: "c", present: true }, { kind: "pong" }, { kind: "pong" }]))
  expect([asked, closed]).toEqual([["GET conversations/c/stream?after=3"], []])
})

test.each([
  [401, 4401],
  [404, 4401],
  [502, 1006],
])("a stream that is answered with %i ends with %i", async (status, code) => {
  connect(streamTransport, async () => refusal(status, "whatever"))
  await vi.waitFor(() => expect(closed).toEqual([code]))
})

test("a message goes as a request, and is acknowledged or refused like on a socket", async () => {
  const answers = [new Response('{"seq":4,"at":"2026-01-01T00:00:00.000Z"}'), refusal(429, "too_many_requests", { "Retry-After": "7" }), refusal(409, "conversation_ended")]
  const transport = connect(streamTransport, async (path) => (path.endsWith("/messages") ? answers.shift()! : streaming()))
  transport.send(send)
  transport.send(send)
  transport.send(send)
  await vi.waitFor(() => expect(frames).toHaveLength(3))
  const refused = { kind: "refused", conversation: "c", client_id: "1", detail: "" }
  expect(frames).toEqual([
    { kind: "sent", conversation: "c", client_id: "1", seq: 4, at: "2026-01-01T00:00:00.000Z" },
    { ...refused, code: "too_many_requests", retry_after: 7 },
    { ...refused, code: "conversation_ended", retry_after: null },
  ])
})

test("a lost network while sending ends the transport: the outbox sends again", async () => {
  const transport = connect(streamTransport, async (path) => (path.endsWith("/messages") ? Promise.reject(new TypeError("offline")) : streaming()))
  transport.send(send)
  await vi.waitFor(() => expect(closed).toEqual([1006]))
})

test("polls follow the cursor, after a first request that shows at once whether anybody is there", async () => {
  vi.useFakeTimers()
  const transport = connect(pollTransport, async (path) => new Response(path.includes("poll") ? '{"frames":[{"kind":"pong"}]}' : '{"events":[],"more":false}'))
  await vi.advanceTimersByTimeAsync(10)
  cursor = 5
  await vi.advanceTimersByTimeAsync(1_000)
  transport.close()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual(["GET conversations/c/events?limit=1&after=3", "GET conversations/c/poll?after=3", "GET conversations/c/poll?after=5"])
  vi.useRealTimers()
})
