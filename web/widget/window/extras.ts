/** What few visitors need: fetched as a second script when one does. */

export { withLease } from "@frontdesk/live"
export { Bot } from "./bot"
export { closing } from "./closing"
export { pickEmoji } from "./emoji"
export { default as styles } from "./extras.css"
export { failure } from "./failure"
export { hint } from "./hint"
export { identify, logOut } from "./identity"
export { pollTransport, streamTransport } from "./transports"
export { announce, showUnread } from "./unread"
