/** Short notices at the edge of the page: what was done (with a way back), or what went wrong. */
import { ApiError } from "./api.ts"
import { errorText } from "./text.svelte.ts"

/** Long enough to read a sentence and reach for Undo. */
const SHOWN_FOR_MS = 5000

export interface Notice {
  id: number
  kind: "done" | "error"
  text: string
  undo?: () => void
  /** It has gone, and was not undone. */
  over?: () => void
}

const shown = $state<{ notices: Notice[] }>({ notices: [] })
const timers = new Map<number, ReturnType<typeof setTimeout>>()
let lastId = 0

export function notices(): Notice[] {
  return shown.notices
}

export function tell(text: string, undo?: () => void, over?: () => void): number {
  const id = add({ kind: "done", text, undo, over })
  release(id)
  return id
}

/** It stays while somebody points at it or has the focus there. */
export function hold(id: number): void {
  clearTimeout(timers.get(id))
}

export function release(id: number): void {
  const notice = shown.notices.find((it) => it.id === id)
  if (notice?.kind === "done") timers.set(id, setTimeout(() => end(notice), SHOWN_FOR_MS))
}

/** Errors stay until they are read. The same error twice is shown once. */
export function tellError(error: unknown): void {
  const text = explain(error)
  if (!shown.notices.some((notice) => notice.text === text)) add({ kind: "error", text })
}

export function dismiss(id: number): void {
  hold(id)
  timers.delete(id)
  shown.notices = shown.notices.filter((notice) => notice.id !== id)
}

function end({ id, over }: Notice): void {
  dismiss(id)
  over?.()
}

export function explain(error: unknown): string {
  return errorText(error instanceof ApiError ? error.code : "internal")
}

function add(notice: Omit<Notice, "id">): number {
  const id = ++lastId
  shown.notices = [...shown.notices, { id, ...notice }]
  return id
}
