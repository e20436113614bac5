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
}

const shown = $state<{ notices: Notice[] }>({ notices: [] })
let lastId = 0

export function notices(): Notice[] {
  return shown.notices
}

export function tell(text: string, undo?: () => void): void {
  const id = add({ kind: "done", text, undo })
  setTimeout(() => dismiss(id), SHOWN_FOR_MS)
}

/** Errors stay until they are read. The same error twice is shown once. */
export function tellError(error: unknown): void {
  const text = explain(error)
  if (!shown.notices.some((notice) => notice.text === text)) add({ kind: "error", text })
}

export function dismiss(id: number): void {
  shown.notices = shown.notices.filter((notice) => notice.id !== id)
}

export function explain(error: unknown): string {
  return errorText(error instanceof ApiError ? error.code : "internal")
}

function add(notice: Omit<Notice, "id">): number {
  const id = ++lastId
  shown.notices = [...shown.notices, { id, ...notice }]
  return id
}
