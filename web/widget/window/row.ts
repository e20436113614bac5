import { key } from "../texts"
import { avatar } from "./avatar"
import { element, icon } from "./dom"
import type { Item, Message } from "./items"
import type { Unsent } from "./messages"
import { linked } from "./links"
import { metaOf } from "./meta"
import type { Meta } from "./meta"
import { withExtras } from "./on-demand"
import type { Scene } from "./scene"

/** One item of the thread, with the day mark and the line "New" before it, and time and mark after it. */
export class Row {
  readonly element: HTMLElement
  /** The day it belongs to. */
  day = ""
  #at: Date | undefined
  #parts = [new Section(), new Section(), new Section()] as const

  constructor(kind: Item["kind"]) {
    this.element = element("div", { className: `row ${kind}` }, ...this.#parts.map((part) => part.element))
  }

  /** What is on its way has no time yet, and belongs to today. */
  learn({ at, on }: Item): void {
    if (this.#at) return
    if (at) this.#at = new Date(at)
    this.day = new Date(at ?? on ?? Date.now()).toDateString()
  }

  /** Thousands are asked at every change. What was said stays where it is, so that it is not read out twice. */
  draw(scene: Scene, item: Item, previous: Item | undefined, next: Item | undefined, startsDay: boolean, startsNew: boolean): void {
    const isFirst = startsNew || !isSameGroup(previous, item)
    const meta = isSameGroup(item, next) && !(item as Message).edited ? undefined : metaOf(item, scene, this.#at)
    const { language } = scene.words
    const [before, said, after] = this.#parts
    before.draw([startsDay, startsNew, language], () => [
      startsDay ? element("div", { className: "day" }, scene.words.day(new Date(this.day))) : "",
      startsNew ? element("div", { className: "new" }, scene.words.say(key.new)) : "",
    ])
    if (item.kind === "note") said.draw([language], () => [noteOf(item, scene)])
    else {
      const name = item.name ?? scene.operator?.name ?? scene.decision.name
      this.element.className = rowClass(item, isFirst)
      said.draw([isFirst, language, name, scene.face(name), item.text, item.at, item.deleted], () => [this.#message(item, scene, name, isFirst)])
    }
    const failed = hasFailed(item, scene)
    const isNew = after.draw([meta?.text, failed], () => (meta && !failed ? [lineOf(meta)] : []))
    if (failed && isNew) withExtras(({ failure }) => after.element.replaceChildren(failure(item as Message, scene)))
  }

  #message({ author, text, deleted }: Message, { words, face }: Scene, name: string, isFirst: boolean): HTMLElement {
    const isOwn = author === "visitor"
    // Own words are not read out again.
    if (isOwn) this.element.ariaLive = "off"
    const title = this.#at?.toLocaleString(words.language) ?? ""
    // With a direction of its own it does not decide the bubble's.
    const spoken = element("span", { className: "unseen", dir: "auto" }, `${isOwn ? words.say(key.you) : name}: `)
    return element("div", { className: "line" }, isFirst && !isOwn ? avatar(name, face(name)) : "", element("div", { className: "text", dir: "auto", title }, spoken, ...(deleted ? [words.say(key.deleted)] : linked(text))))
  }
}

/** A part of a row, built anew only where it shows something else than before. */
class Section {
  readonly element = element("div")
  #drawn = ""

  /** Whether there was anything to build. */
  draw(look: unknown[], build: () => (Node | string)[]): boolean {
    if (look.join() === this.#drawn) return false
    this.#drawn = look.join()
    this.element.replaceChildren(...build())
    return true
  }
}

function rowClass({ author, unsent, deleted }: Message, isFirst: boolean): string {
  return ["row", isFirst && "first", author === "visitor" && "own", unsent && "waiting", deleted && "gone"].filter(Boolean).join(" ")
}

function isSameGroup(one: Item | undefined, other: Item | undefined): boolean {
  if (one?.kind !== "message" || other?.kind !== "message" || one.unsent || other.unsent) return false
  return one.author === other.author && one.name === other.name
}

function noteOf({ note, name }: Item & { kind: "note" }, { words }: Scene): HTMLElement {
  return element("div", { className: "note" }, words.say(note, { name }))
}

function hasFailed({ unsent }: Item & { unsent?: Unsent }, { conversation }: Scene): boolean {
  return !!unsent && (!!unsent.refused || conversation.outbox.isExpired(unsent))
}

function lineOf({ text, before, after }: Meta): HTMLElement {
  return element("div", { className: "meta" }, before ? icon(before) : "", text, after ? icon(after) : "")
}
