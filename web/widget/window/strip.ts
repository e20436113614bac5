import { element, icon } from "../dom/element"
import { OFFLINE } from "./icons"
import type { Part, Scene } from "./scene"

// A connection that is back within this time was never worth a word.
const PATIENCE_MS = 1_500
const COUNT_EVERY_MS = 500

/** Under the header: no connection or too much at once, and when it is tried again. */
export class Strip implements Part {
  #status = element("span", { role: "status" })
  // Changes every second: shown, not announced.
  #countdown = element("span", { ariaHidden: "true" })
  #now = element("button")
  #timer: ReturnType<typeof setInterval> | undefined
  #downSince = 0
  readonly element = element("div", { className: "strip", hidden: true }, icon(OFFLINE), element("span", {}, this.#status, " ", this.#countdown), this.#now)

  draw(scene: Scene): void {
    const { network, heldUntil } = scene.conversation
    const isDown = network.kind === "waiting" || network.kind === "connecting"
    this.#downSince = isDown ? this.#downSince || Date.now() : 0
    this.stop()
    if (isDown || heldUntil > Date.now()) this.#timer = setInterval(() => this.#tell(scene), COUNT_EVERY_MS)
    this.#tell(scene)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tell({ conversation, words }: Scene): void {
    const { network, heldUntil } = conversation
    const isDown = !!this.#downSince && Date.now() - this.#downSince > PATIENCE_MS
    const wait = secondsTo(isDown && network.kind === "waiting" ? network.retryAt : isDown ? 0 : heldUntil)
    const status = isDown ? words.say("offline") : wait ? words.say("slow_down") : ""
    this.element.hidden = !status
    if (this.#status.textContent !== status) this.#status.textContent = status
    this.#countdown.textContent = wait ? words.say("retry_in", { seconds: wait }) : ""
    this.#now.hidden = !isDown
    this.#now.textContent = words.say("try_now")
    this.#now.onclick = () => conversation.tryNow()
  }
}

function secondsTo(time: number): number {
  return Math.max(0, Math.ceil((time - Date.now()) / 1000))
}
