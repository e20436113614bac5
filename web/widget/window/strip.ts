import { key } from "../texts"
import { element, icon } from "./dom"
import { ALERT, OFFLINE } from "./icons"
import type { Part, Scene } from "./scene"

// A connection that is back within this time was never worth a word.
const PATIENCE_MS = 1_500

/** Under the header: no connection or too much at once, and when it is tried again. */
export class Strip implements Part {
  #icon = element("span")
  #status = element("span", { role: "status" })
  // Changes every second: shown, not announced.
  #countdown = element("span", { ariaHidden: "true" })
  #now = element("button", { className: "link" })
  #downSince = 0
  readonly element = element("div", { className: "strip" }, this.#icon, this.#status, this.#countdown, this.#now)

  draw({ conversation, words }: Scene): void {
    const { network, heldUntil } = conversation
    const now = Date.now()
    const isDown = network.kind === "waiting" || network.kind === "connecting"
    this.#downSince = isDown ? this.#downSince || now : 0
    const isTold = isDown && now - this.#downSince > PATIENCE_MS
    const until = isDown ? (network.kind === "waiting" ? network.retryAt : 0) : heldUntil
    const seconds = Math.ceil((until - now) / 1000)
    const status = isTold ? words.say(key.offline) : heldUntil > now ? words.say(key.slow_down) : ""
    this.element.hidden = !status
    if (this.#status.textContent !== status) {
      this.#status.textContent = status
      this.#icon.replaceChildren(icon(isTold ? OFFLINE : ALERT))
    }
    this.#countdown.textContent = seconds > 0 ? words.say(key.retry_in, { seconds }) : ""
    this.#now.textContent = isTold ? words.say(key.try_now) : ""
    this.#now.onclick = () => conversation.tryNow()
  }
}
