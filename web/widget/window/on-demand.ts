import type { OpenTransport, Transport } from "@frontdesk/live"
import type { VisitorClientFrame, VisitorServerFrame } from "@frontdesk/protocol"
import { wear } from "./dom"
import type { Place } from "./transports"

type Extras = typeof import("./extras")
type Open = OpenTransport<VisitorClientFrame, VisitorServerFrame>

/** File name of the second script, put in by the build. */
declare const __EXTRAS__: string

let isWorn = false

/** Uses the second script, which a browser fetches once. Where it cannot be had now, nothing happens but `failed`. */
export function withExtras(use: (extras: Extras) => void, failed = () => {}): void {
  const found = (extras: Extras) => {
    if (!isWorn) wear(extras.styles)
    isWorn = true
    use(extras)
  }
  import(`./${__EXTRAS__}`).then(found, failed)
}

/** A way around a blocked WebSocket, fetched when it is tried. */
export function fallback(name: "streamTransport" | "pollTransport", place: Place): Open {
  return (events) => {
    let transport: Transport<VisitorClientFrame> | undefined
    let isClosed = false
    withExtras(
      (extras) => isClosed || (transport = extras[name](place)(events)),
      () => events.closed(1006),
    )
    const close = () => {
      isClosed = true
      transport?.close()
    }
    return { send: (frame) => transport?.send(frame), close }
  }
}
