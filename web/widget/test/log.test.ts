import type { VisitorEvent } from "@frontdesk/protocol"
import { expect, test } from "vitest"
import { Log } from "../window/log"

const event = (seq: number) => ({ seq, at: "2026-01-01T00:00:00.000Z", kind: "message.posted", author: "operator", text: `${seq}` }) as VisitorEvent
const numbers = (log: Log) => log.events.map(({ seq }) => seq)

test("the next event is applied, a known one dropped, one after a gap refused", () => {
  const log = new Log()
  expect([1, 2, 2, 1, 4].map((seq) => log.apply(event(seq)))).toEqual(["applied", "applied", "known", "known", "gap"])
  expect([numbers(log), log.cursor]).toEqual([[1, 2], 2])
})

test("older events go before, those known already not again", () => {
  const log = new Log()
  log.replace([event(5), event(6)], true)
  log.prepend([event(3), event(4), event(5)], false)
  expect([numbers(log), log.first, log.cursor, log.more]).toEqual([[3, 4, 5, 6], 3, 6, false])
})

test("a message reads as it was revised last, and one that is not known here is left alone", () => {
  const log = new Log()
  const at = "2026-01-01T00:01:00.000Z"
  const revisions: VisitorEvent[] = [
    { seq: 3, at, kind: "message.edited", message: 1, text: "anew" },
    { seq: 4, at, kind: "message.deleted", message: 2 },
    { seq: 5, at, kind: "message.edited", message: 99, text: "elsewhere" },
  ]
  for (const it of [event(1), event(2), ...revisions]) log.apply(it)
  expect(log.events.slice(0, 2)).toEqual([
    { ...event(1), text: "anew", edited: true },
    { ...event(2), text: "", deleted: true },
  ])
  expect(log.cursor).toBe(5)
})

test("of very many the oldest are left out, to be fetched again", () => {
  const log = new Log()
  log.replace(Array.from({ length: 400 }, (_, index) => event(index + 1)), false)
  expect([log.shorten(), log.more, log.cursor, log.events.length]).toEqual([true, true, 400, 150])
  expect(log.shorten()).toBe(false)
})

test("whatever is lost, doubled or overtaken: with the gaps fetched, it is what a fresh load shows", () => {
  const all = Array.from({ length: 40 }, (_, index) => event(index + 1))
  for (let round = 0; round < 50; round += 1) {
    const log = new Log()
    const arriving = [...all, ...all].filter(() => Math.random() < 0.7).sort(() => Math.random() - 0.5)
    for (const arrived of [...arriving, event(41)]) {
      if (log.apply(arrived) === "gap") all.slice(log.cursor, arrived.seq).forEach((missing) => log.apply(missing))
    }
    expect(numbers(log).slice(0, 40)).toEqual(all.map(({ seq }) => seq))
  }
})
