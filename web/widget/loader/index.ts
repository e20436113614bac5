/**
 * The loader: one classic script without dependencies, the same for all pages of a channel.
 * It asks for the decision, draws the button and fetches the window when that is first needed.
 */

import { Widget } from "./widget"

/** Replaced by the server, which serves this file as /embed/{channel id}.js. */
declare const __FRONTDESK_CHANNEL__: number

const channel = __FRONTDESK_CHANNEL__
const present = window.Frontdesk

if (present && "channel" in present) {
  // The same script once more is what page transitions do; another channel is a mistake that somebody must see.
  if (present.channel !== channel) {
    console.error(`Frontdesk: channel ${channel}: channel ${present.channel} is here`)
  }
} else {
  const script = (document.currentScript ?? document.querySelector(`script[src$="/embed/${channel}.js"]`)) as HTMLScriptElement
  const widget = new Widget(channel, new URL(script.src).origin, script.dataset.mode === "page")
  window.Frontdesk = widget
  widget.push(...(present ?? []))
}
