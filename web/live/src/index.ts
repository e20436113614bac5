/** What a browser needs to stay in touch with the server and to lose nothing that was written. */

export { Acknowledgements } from "./acknowledgements"
export { Backoff } from "./backoff"
export { Connection } from "./connection"
export type { ConnectionOptions, ConnectionState, Frame, OpenTransport, Transport, TransportEvents } from "./connection"
export type { Turns } from "./exclusive"
export { randomSecret, uuidv7 } from "./ids"
export { withLease } from "./lease"
export { onNetworkHint } from "./network-hint"
export { Outbox } from "./outbox"
export type { Delivery, OutboxEntry, OutboxOptions } from "./outbox"
export { Shelf } from "./shelf"
export { webSocketTransport } from "./websocket"
