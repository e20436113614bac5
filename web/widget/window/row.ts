import { element, icon } from "./dom"
import { avatar } from "./avatar"
import { ALERT, CLOCK, TICK, TICKS } from "./icons"
import type { Item, Message } from "./items"
import { linked } from "./links"
import type { Scene } from "./scene"
import { key } from "../texts"

/** One item of the thread, with the day mark and the line "New" before it. */
export class Row {
  readonly element: HTMLElement
  #at: Date | undefined
  #day = ""
  #drawn = ""

  constructor({ kind }: Item) {
    this.element = element("div", { className: `row ${kind}` })
  }

  draw(scene: Scene, item: Item, previous: Item | undefined, next: Item | undefined, startsNew: boolean): void {
    if (item.at && !this.#at) {
      this.#at = new Date(item.at)
      this.#day = this.#at.toDateString()
    }
    const isFirst = !previous || startsNew || !isSameGroup(previous, item)
    const isLast = !next || !isSameGroup(item, next)
    const day = this.#dayMark(item, previous)
    const meta = item.kind === "message" && isLast ? metaOf(item, scene, this.#at) : undefined
    const look = [isFirst, isLast, day, startsNew, meta?.textContent, scene.words.language, item.name].join()
    if (look === this.#drawn) return
    this.#drawn = look
    const line = item.kind === "message" ? this.#message(item, scene, isFirst) : [noteOf(item, scene)]
    this.element.classList.toggle("first", isFirst)
    this.element.replaceChildren(...marks(day && scene.words.day(new Date(day)), startsNew && scene.words.say(key.new)), ...line, meta ?? "")
  }

  #message(item: Message, { words, conversation, decision }: Scene, isFirst: boolean): Node[] {
    const isOwn = item.author === "visitor"
    this.element.classList.toggle("own", isOwn)
    this.element.classList.toggle("waiting", !!item.unsent)
    // Own words are not read out again.
    if (isOwn) this.element.ariaLive = "off"
    const name = item.name ?? conversation.operator?.name ?? decision.name
    const author = element("span", { className: "unseen" }, `${isOwn ? words.say(key.you) : name}: `)
    const bubble = element("div", { className: "text", dir: "auto", title: this.#at?.toLocaleString(words.language) ?? "" }, author, ...linked(item.text))
    return [element("div", { className: "line" }, isFirst && !isOwn ? avatar(name) : "", bubble)]
  }

  /** The day, where it is not the day of the item before. */
  #dayMark(item: Item, previous: Item | undefined): string {
    if (item.key === "welcome") return new Date().toDateString()
    const isSame = previous && (previous.at ? new Date(previous.at).toDateString() : new Date().toDateString()) === this.#day
    return this.#day && !isSame ? this.#day : ""
  }
}

function isSameGroup(one: Item, other: Item): boolean {
  if (one.kind !== "message" || other.kind !== "message" || one.unsent || other.unsent) return false
  return one.author === other.author && one.name === other.name
}

function marks(day: string | false, news: string | false): HTMLElement[] {
  const made = []
  if (day) made.push(element("div", { className: "day" }, day))
  if (news) made.push(element("div", { className: "new" }, element("span", {}, news)))
  return made
}

function noteOf(item: Item & { kind: "note" }, { words }: Scene): HTMLElement {
  return element("div", { className: "note", dir: "auto" }, words.say(item.note, { name: item.name }))
}

/** Under the last bubble of a group: when, and how far it has come. */
function metaOf(item: Message, { words, conversation }: Scene, at: Date | undefined): HTMLElement {
  if (item.unsent) return unsentMeta(item, { words, conversation })
  const time = at ? words.time(at) : (item.name ?? "")
  if (item.author !== "visitor") {
    const isOther = at && item.name && item.name !== conversation.operator?.name
    return element("div", { className: "meta" }, isOther ? `${item.name} · ${time}` : time)
  }
  const { delivered, read } = conversation.receipts.team
  const [state, path] = item.seq! <= read ? [key.read, TICKS] : item.seq! <= delivered ? [key.delivered, TICK] : [key.sent]
  return element("div", { className: "meta" }, `${time} · ${words.say(state)}`, path ? icon(path) : "")
}

function unsentMeta({ unsent }: Message, { words, conversation }: Pick<Scene, "words" | "conversation">): HTMLElement {
  const { id, refused } = unsent!
  const { outbox, network } = conversation
  const isExpired = outbox.isExpired(unsent!)
  if (refused || isExpired) {
    const retry = element("button", { className: "link", onclick: () => outbox.retry(id) }, words.say(key.retry))
    const remove = element("button", { className: "link", onclick: () => outbox.remove(id) }, words.say(key.remove))
    return element("div", { className: "meta" }, icon(ALERT), words.say(isExpired ? key.expired : key.not_sent), retry, remove)
  }
  return element("div", { className: "meta" }, icon(CLOCK), words.say(network.kind === "waiting" ? key.waiting : key.sending))
}
