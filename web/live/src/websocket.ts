import type { Frame, OpenTransport } from "./connection"

/** The preferred transport: one text frame, one JSON object. `http` addresses become `ws` ones. */
export function webSocketTransport<Client extends Frame, Server extends Frame>(address: string): OpenTransport<Client, Server> {
  return (events) => {
    const socket = new WebSocket(address.replace(/^http/, "ws"))
    socket.onopen = () => events.opened()
    socket.onmessage = (message) => events.frame(JSON.parse(message.data as string) as Server)
    socket.onclose = (close) => events.closed(close.code)
    // One that the page's policy blocks errs, and never closes.
    socket.onerror = () => events.closed(1006)
    return {
      send: (frame) => socket.send(JSON.stringify(frame)),
      close: () => socket.close(),
    }
  }
}
