import type { OpenTransport, Transport, Turns } from "@frontdesk/live"
import type { VisitorClientFrame, VisitorServerFrame } from "@frontdesk/protocol"
import { host, wear } from "./dom"
import type { Place } from "./transports"

type Extras = typeof import("./extras")
type Open = OpenTransport<VisitorClientFrame, VisitorServerFrame>

/** What the names of the second scripts have in common, put in by the build. */
declare const __EXTRAS__: string

let isWorn = false

/** Uses the second script, which a browser fetches once. Where it cannot be had now, nothing happens but `failed`. */
export function withExtras(use: (extras: Extras) => void, failed = () => {}): void {
  const found = (extras: Extras) => {
    if (!isWorn) wear(extras.styles)
    isWorn = true
    use(extras)
  }
  fetchExtras(`./extras.${host.lang}.${__EXTRAS__}.js`).then(found, failed)
}

/** Turns by a lease, where there are no locks; everybody at once where the script cannot be had, which is harmless. */
export const lease: Turns = (name, work) => new Promise((done) => withExtras(({ withLease }) => withLease(name, work).then(done), () => work().then(done)))

/** The address is not known before, so that no build looks for the file. */
function fetchExtras(address: string): Promise<Extras> {
  return import(address)
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
