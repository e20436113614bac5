import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Acknowledgements } from "../src/acknowledgements"
import { withLease } from "../src/lease"
import { Outbox } from "../src/outbox"
import type { Delivery, OutboxEntry } from "../src/outbox"

const NAME = "test.outbox."
const opened: Outbox<string>[] = []

beforeEach(() => localStorage.clear())
afterEach(() => {
  opened.splice(0).forEach((outbox) => outbox.stop())
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** An outbox, and the server it delivers to: each entry waits until it is answered. */
function anOutbox(answer?: (entry: OutboxEntry<string>) => Delivery) {
  const waiting: { text: string; answer: (delivery: Delivery) => void }[] = []
  const delivered: string[] = []
  const outbox = new Outbox<string>({
    name: NAME,
    deliver: (entry) => {
      delivered.push(entry.value)
      if (answer) return Promise.resolve(answer(entry))
      return new Promise((resolve) => waiting.push({ text: entry.value, answer: resolve }))
    },
    withoutLocks: withLease,
    onChange: () => {},
  })
  opened.push(outbox)
  return { outbox, waiting, delivered }
}

const always = (delivery: Delivery) => () => delivery

test("entries go in order, one at a time", async () => {
  const { outbox, waiting, delivered } = anOutbox()
  outbox.add("a", "one")
  outbox.add("a", "two")
  await vi.waitFor(() => expect(delivered).toEqual(["one"]))
  waiting[0]!.answer({ kind: "delivered" })
  await vi.waitFor(() => expect(delivered).toEqual(["one", "two"]))
})

test("one conversation does not wait for another", async () => {
  const { outbox, delivered } = anOutbox()
  outbox.add("a", "one")
  outbox.add("b", "two")
  await vi.waitFor(() => expect(delivered).toEqual(["one", "two"]))
})

test("what was not acknowledged is sent again after a reload, under the same client id", async () => {
  const before = anOutbox()
  const { id } = before.outbox.add("a", "still here")
  localStorage.removeItem(`drain.${NAME}a`)
  before.outbox.stop()
  const after = anOutbox(always({ kind: "delivered" }))
  expect(after.outbox.entries.map((entry) => entry.id)).toEqual([id])
  after.outbox.wake()
  await vi.waitFor(() => expect(after.outbox.entries).toEqual([]))
  expect(localStorage).toHaveLength(0)
})

test("a lost connection keeps the entry until it is back", async () => {
  let answer: Delivery = { kind: "later" }
  const { outbox, delivered } = anOutbox(() => answer)
  outbox.add("a", "hello")
  await vi.waitFor(() => expect(delivered).toEqual(["hello"]))
  answer = { kind: "delivered" }
  outbox.wake()
  await vi.waitFor(() => expect(outbox.entries).toEqual([]))
})

test("retry_after is respected, also by what is written meanwhile", async () => {
  vi.useFakeTimers()
  let answer: Delivery = { kind: "later", after: 5 }
  const { outbox, delivered } = anOutbox(() => answer)
  outbox.add("a", "one")
  await vi.advanceTimersByTimeAsync(100)
  answer = { kind: "delivered" }
  outbox.add("a", "two")
  await vi.advanceTimersByTimeAsync(4_800)
  expect(delivered).toEqual(["one"])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(delivered).toEqual(["one", "one", "two"])
})

test("a refused entry stays with its code, lets the next ones pass, and can be retried or removed", async () => {
  const refused = anOutbox((entry) => (entry.value === "bad" ? { kind: "refused", code: "message_too_long" } : { kind: "delivered" }))
  const { id } = refused.outbox.add("a", "bad")
  refused.outbox.add("a", "good")
  await vi.waitFor(() => expect(refused.delivered).toEqual(["bad", "good"]))
  await vi.waitFor(() => expect(refused.outbox.entries).toMatchObject([{ value: "bad", refused: "message_too_long" }]))
  refused.outbox.retry(id)
  await vi.waitFor(() => expect(refused.delivered).toEqual(["bad", "good", "bad"]))
  refused.outbox.remove(id)
  expect(refused.outbox.entries).toEqual([])
})

test("an entry of last week is kept and shown, but sent only when asked for", async () => {
  const old: OutboxEntry<string> = { id: "0", conversation: "a", at: Date.now() - 8 * 24 * 3_600_000, value: "old question" }
  localStorage.setItem(`${NAME}0`, JSON.stringify(old))
  const { outbox, delivered } = anOutbox(always({ kind: "delivered" }))
  outbox.wake()
  outbox.add("a", "new question")
  await vi.waitFor(() => expect(delivered).toEqual(["new question"]))
  expect(outbox.isExpired(outbox.entries[0]!)).toBe(true)
  outbox.retry("0")
  await vi.waitFor(() => expect(delivered).toEqual(["new question", "old question"]))
})

test("another tab's entries and acknowledgements are seen", () => {
  const { outbox } = anOutbox()
  const key = `${NAME}1`
  localStorage.setItem(key, JSON.stringify({ id: "1", conversation: "a", at: Date.now(), value: "from there" }))
  dispatchEvent(new StorageEvent("storage", { key }))
  expect(outbox.entries.map((entry) => entry.value)).toEqual(["from there"])
  localStorage.removeItem(key)
  dispatchEvent(new StorageEvent("storage", { key }))
  expect(outbox.entries).toEqual([])
})

test("what another tab got acknowledged a moment ago is not sent again, and what a page swept away is", async () => {
  vi.useFakeTimers()
  for (const id of ["1", "2"]) {
    localStorage.setItem(`${NAME}${id}`, JSON.stringify({ id, conversation: "a", at: Date.now(), value: `written ${id}` }))
  }
  const { outbox, delivered } = anOutbox(always({ kind: "delivered" }))
  await vi.advanceTimersByTimeAsync(1_000)
  // Both are gone from storage; of one it is said that it has arrived, but only after the turn has begun.
  localStorage.clear()
  outbox.wake()
  await vi.advanceTimersByTimeAsync(10)
  dispatchEvent(new StorageEvent("storage", { key: `${NAME}1` }))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(delivered).toEqual(["written 2"])
})

test("while another tab holds the lease, this one waits; a dead tab's lease expires", async () => {
  vi.useFakeTimers()
  localStorage.setItem(`drain.${NAME}a`, String(Date.now() + 2_500))
  const { outbox, delivered } = anOutbox(always({ kind: "delivered" }))
  outbox.add("a", "hello")
  await vi.advanceTimersByTimeAsync(2_000)
  expect(delivered).toEqual([])
  await vi.advanceTimersByTimeAsync(1_500)
  expect(delivered).toEqual(["hello"])
  expect(localStorage).toHaveLength(0)
})

test("where storage is refused, memory does", async () => {
  vi.spyOn(globalThis, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError")
  })
  const { outbox, delivered } = anOutbox(always({ kind: "delivered" }))
  outbox.add("a", "hello")
  await vi.waitFor(() => expect(delivered).toEqual(["hello"]))
  await vi.waitFor(() => expect(outbox.entries).toEqual([]))
})

test("acknowledgements arrive as frames, or the entry goes again", async () => {
  vi.useFakeTimers()
  const acknowledgements = new Acknowledgements()
  const outcomes = Promise.all(["a", "b", "c", "d", "e"].map((id) => acknowledgements.of(id)))
  acknowledgements.sent("a")
  acknowledgements.refused("b", "conversation_ended", null)
  acknowledgements.refused("c", "too_many_requests", 3)
  await vi.advanceTimersByTimeAsync(20_000)
  acknowledgements.lost()
  expect(await outcomes).toEqual([
    { kind: "delivered" },
    { kind: "refused", code: "conversation_ended" },
    { kind: "later", after: 3 },
    { kind: "later", after: 1 },
    { kind: "later", after: 1 },
  ])
})
