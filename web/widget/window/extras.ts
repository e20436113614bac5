/** What few visitors need: fetched as a second script when one does. */

export { text } from "../extras-texts"
export { closing } from "./closing"
export { pickEmoji } from "./emoji"
export { default as styles } from "./extras.css"
export { failure } from "./failure"
export { Preview } from "./preview"
export { ring } from "./sound"
export { pollTransport, streamTransport } from "./transports"
