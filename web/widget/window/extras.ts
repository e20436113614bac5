/** What few visitors need: fetched as a second script when one does. */

export { closing } from "./closing"
export { emojiPicker } from "./emoji"
export { default as styles } from "./extras.css"
export { ring } from "./sound"
export { pollTransport, streamTransport } from "./transports"
