/** The ways around a blocked WebSocket: the same frames over a response stream, or over long polls. */

import type { OpenTransport, TransportEvents } from "@frontdesk/live"
import type { VisitorClientFrame, VisitorEvent, VisitorServerFrame } from "@frontdesk/protocol"
import type { Http, Refusal } from "./http"

// A blank line comes every 15 s, an empty poll after 25 s: who has heard nothing for longer hears nothing.
const ALIVE_FOR_MS = 40_000
const POLL_PAUSE_MS = 1_000
const BROKEN = 1006
const NOT_SIGNED_IN = 4401

type Hear = (frame: VisitorServerFrame) => void
type Receive = (hear: Hear, signal: AbortSignal) => Promise<void>

export interface Place {
  http: Http
  /** Path of the conversation. */
  path(): string
  /** The last number that was applied. */
  cursor(): number
}

export function streamTransport({ http, path, cursor }: Place): OpenTransport<VisitorClientFrame, VisitorServerFrame> {
  return overHttp(http, path, async (hear, signal) => {
    const answer = await http.request(`${path()}/stream?after=${cursor()}`, { signal })
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ""
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n")
      rest = lines.pop()!
      for (const line of lines) hear(line ? JSON.parse(line) : { kind: "pong" })
    }
  })
}

export function pollTransport({ http, path, cursor }: Place): OpenTransport<VisitorClientFrame, VisitorServerFrame> {
  return overHttp(http, path, async (hear, signal) => {
    // The first poll may take long to say anything; this does not.
    await http.request(`${path()}/events?limit=1&after=${cursor()}`, { signal })
    hear({ kind: "pong" })
    while (!signal.aborted) {
      const answer = await http.request(`${path()}/poll?after=${cursor()}`, { signal })
      const { frames } = (await answer.json()) as { frames: VisitorServerFrame[] }
      frames.forEach(hear)
      hear({ kind: "pong" })
      await new Promise((resolve) => setTimeout(resolve, POLL_PAUSE_MS))
    }
  })
}

/** Frames come by `receive`, and go as requests. */
function overHttp(http: Http, path: () => string, receive: Receive): OpenTransport<VisitorClientFrame, VisitorServerFrame> {
  return (events) => {
    const ending = new AbortController()
    let heardAt = 0
    const hear: Hear = (frame) => {
      heardAt = Date.now()
      if (!ending.signal.aborted) events.frame(frame)
    }
    const broke = (error?: unknown) => lost(events, error)
    receive(hear, ending.signal).then(broke, broke)
    const send = (frame: VisitorClientFrame) => {
      if (frame.kind === "ping") return void (Date.now() - heardAt < ALIVE_FOR_MS && hear({ kind: "pong" }))
      if (frame.kind === "send") return void post(http, path(), frame).then(hear, broke)
      if (frame.kind === "mark") http.request(`${path()}/marks`, { method: "PUT", body: JSON.stringify(frame) }).catch(() => {})
    }
    return { send, close: () => ending.abort() }
  }
}

function lost(events: TransportEvents<VisitorServerFrame>, error: unknown): void {
  const { status } = (error ?? {}) as Partial<Refusal>
  const isUnknown = status === 401 || status === 404
  events.closed(isUnknown ? NOT_SIGNED_IN : BROKEN)
}

async function post(http: Http, path: string, frame: VisitorClientFrame & { kind: "send" }): Promise<VisitorServerFrame> {
  const { conversation, client_id, text, answer } = frame
  try {
    const { seq, at } = await http.post<VisitorEvent>(`${path}/messages`, { client_id, text, answer })
    return { kind: "sent", conversation, client_id, seq, at }
  } catch (error) {
    const { code, retryAfter } = error as Partial<Refusal>
    if (!code) throw error
    return { kind: "refused", conversation, client_id, code, detail: "", retry_after: retryAfter ?? null }
  }
}
