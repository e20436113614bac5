import { key } from "../texts"
import { element, icon } from "./dom"
import { DOWN } from "./icons"
import { itemsOf } from "./items"
import type { Item } from "./items"
import { isChatbots } from "./messages"
import { Row } from "./row"
import type { Part, Scene } from "./scene"

// Nearer to the end than this counts as being there.
const NEAR_END_PX = 60
const LOAD_OLDER_WITHIN_PX = 400

/** The conversation itself: a log that follows its end unless somebody reads further up. */
export class Thread implements Part {
  readonly log = element("div", { className: "log", role: "log", tabIndex: 0 })
  #typing = element("div", { className: "typing" })
  #latest = element("button", { className: "latest" }, icon(DOWN))
  #scroller = element("div", { className: "scroller" }, this.log, this.#typing)
  #rows = new Map<string, Row>()
  /** The line "New" stands after this number: before what came while nobody looked. It stays until the conversation is left. */
  newAfter: number | undefined
  /** The end of the thread is in sight. */
  isAtEnd = true
  readonly element = element("div", { className: "thread" }, this.#scroller, this.#latest)

  constructor(loadOlder: () => void, seen: () => void) {
    this.log.setAttribute("aria-relevant", "additions")
    this.#latest.onclick = () => this.toEnd()
    this.#scroller.onscroll = () => {
      this.isAtEnd = this.#fromEnd < NEAR_END_PX
      this.#latest.hidden = this.isAtEnd
      if (this.#scroller.scrollTop < LOAD_OLDER_WITHIN_PX) loadOlder()
      if (this.isAtEnd) seen()
    }
    // Messages, keyboard, strip and composer change the room: the last message stays in sight.
    const room = new ResizeObserver(() => this.isAtEnd && this.toEnd())
    for (const part of [this.#scroller, this.log]) room.observe(part)
  }

  toEnd(): void {
    this.isAtEnd = true
    this.#latest.hidden = true
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  draw(scene: Scene): void {
    const { words, conversation, mode } = scene
    const { away, welcome } = scene.decision.texts
    const items = itemsOf(conversation, isChatbots(conversation, scene.decision) ? "" : (away ?? (mode === "away" ? "" : welcome)))
    // Asking for a place has the browser lay out everything, so it is asked only where somebody reads further up.
    const anchor = this.isAtEnd ? null : (this.log.firstChild as HTMLElement | null)
    const before = anchor?.offsetTop ?? 0
    this.log.ariaLabel = words.say(key.messages)
    this.#latest.title = words.say(key.latest)
    this.#arrange(scene, scene.bot?.items(scene, items) ?? items)
    const { name } = conversation.typing
    this.#drawTyping(name ? words.say(key.typing, { name }) : "")
    // What is put in above does not move what is being read.
    if (anchor) this.#scroller.scrollTop += anchor.offsetTop - before
  }

  get #fromEnd(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller
    return scrollHeight - scrollTop - clientHeight
  }

  #arrange(scene: Scene, items: Item[]): void {
    const gone = new Map(this.#rows)
    let place = this.log.firstChild
    let day = ""
    items.forEach((item, index) => {
      const row = this.#rowOf(item)
      const previous = items[index - 1]
      gone.delete(item.key)
      row.draw(scene, item, previous, items[index + 1], row.day !== day, this.#startsNew(item, previous))
      day = row.day
      if (row.element === place) place = place.nextSibling
      else this.log.insertBefore(row.element, place)
    })
    for (const [key, row] of gone) {
      row.element.remove()
      this.#rows.delete(key)
    }
  }

  #rowOf(item: Item): Row {
    const row = this.#rows.get(item.key) ?? new Row(item.kind)
    this.#rows.set(item.key, row)
    row.learn(item)
    return row
  }

  #startsNew(item: Item, previous: Item | undefined): boolean {
    const after = this.newAfter
    return after !== undefined && seqOf(item) > after && seqOf(previous) <= after
  }

  #drawTyping(text: string): void {
    if (this.#typing.textContent === text) return
    this.#typing.replaceChildren(...(text ? [element("i"), element("i"), element("i"), text] : []))
  }
}

/** What is on its way comes after everything. */
function seqOf(item: Item | undefined): number {
  return item ? (item.seq ?? (item.key === "welcome" ? 0 : Infinity)) : 0
}
