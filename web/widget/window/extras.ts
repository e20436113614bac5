/** What few visitors need: fetched as a second script when one does. */

export { withLease } from "@frontdesk/live"
export { closing } from "./closing"
export { pickEmoji } from "./emoji"
export { default as styles } from "./extras.css"
export { failure } from "./failure"
export { hint } from "./hint"
export { Preview } from "./preview"
export { ring } from "./sound"
export { pollTransport, streamTransport } from "./transports"
export { showInTitle, showUnread } from "./unread"
