import { key } from "../texts"
import { avatar } from "./avatar"
import { element, icon } from "./dom"
import type { Item, Message } from "./items"
import { linked } from "./links"
import { metaOf } from "./meta"
import type { Meta } from "./meta"
import type { Scene } from "./scene"

/** One item of the thread, with the day mark and the line "New" before it. */
export class Row {
  readonly element: HTMLElement
  /** The day it belongs to. */
  day = ""
  #at: Date | undefined
  #drawn = ""

  constructor(kind: Item["kind"]) {
    this.element = element("div", { className: `row ${kind}` })
  }

  /** What is on its way has no time yet, and belongs to today. */
  learn({ at, on }: Item): void {
    if (this.#at) return
    if (at) this.#at = new Date(at)
    this.day = new Date(at ?? on ?? Date.now()).toDateString()
  }

  /** Builds the line anew only where something shows differently than before: thousands are asked at every change. */
  draw(scene: Scene, item: Item, previous: Item | undefined, next: Item | undefined, startsDay: boolean, startsNew: boolean): void {
    const isFirst = startsNew || !isSameGroup(previous, item)
    const meta = isSameGroup(item, next) ? undefined : metaOf(item, scene, this.#at)
    const look = [isFirst, startsDay, startsNew, meta?.text, scene.words.language, item.name].join()
    if (look === this.#drawn) return
    this.#drawn = look
    this.element.classList.toggle("first", isFirst)
    this.element.replaceChildren(
      startsDay ? element("div", { className: "day" }, scene.words.day(new Date(this.day))) : "",
      startsNew ? element("div", { className: "new" }, scene.words.say(key.new)) : "",
      item.kind === "message" ? this.#message(item, scene, isFirst) : noteOf(item, scene),
      meta ? lineOf(meta) : "",
    )
  }

  #message({ author, name: by, text, unsent }: Message, { words, conversation, decision }: Scene, isFirst: boolean): HTMLElement {
    const isOwn = author === "visitor"
    const name = by ?? conversation.operator?.name ?? decision.name
    this.element.classList.toggle("own", isOwn)
    this.element.classList.toggle("waiting", !!unsent)
    // Own words are not read out again.
    if (isOwn) this.element.ariaLive = "off"
    const title = this.#at?.toLocaleString(words.language) ?? ""
    // With a direction of its own it does not decide the bubble's.
    const spoken = element("span", { className: "unseen", dir: "auto" }, `${isOwn ? words.say(key.you) : name}: `)
    return element("div", { className: "line" }, isFirst && !isOwn ? avatar(name) : "", element("div", { className: "text", dir: "auto", title }, spoken, ...linked(text)))
  }
}

function isSameGroup(one: Item | undefined, other: Item | undefined): boolean {
  if (one?.kind !== "message" || other?.kind !== "message" || one.unsent || other.unsent) return false
  return one.author === other.author && one.name === other.name
}

function noteOf({ note, name }: Item & { kind: "note" }, { words }: Scene): HTMLElement {
  return element("div", { className: "note", dir: "auto" }, words.say(note, { name }))
}

function lineOf({ text, before, after, actions = [] }: Meta): HTMLElement {
  const buttons = actions.map(([label, onclick]) => element("button", { className: "link", onclick }, label))
  return element("div", { className: "meta" }, before ? icon(before) : "", text, after ? icon(after) : "", ...buttons)
}
