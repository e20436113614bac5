/** Keys that work anywhere on a page. Whoever can do what a key stands for registers for it while it is on screen. */
import { remember, remembered } from "./storage.ts"
import type { Key } from "./text.svelte.ts"

export type Shortcut = "palette" | "search" | "write" | "details" | "previous" | "next" | "rowNext" | "rowPrevious" | "tick" | "undo" | "help"

interface Definition {
  keys: string[]
  label: Key
  matches: (event: KeyboardEvent) => boolean
}

/** Single keys can be switched off: who speaks to the computer or hits keys by accident needs that (WCAG 2.1.4). */
const chosen = $state({ singleKeys: remembered("single_keys", true) })

export const shortcuts: Record<Shortcut, Definition> = {
  palette: {
    keys: ["Ctrl", "K"],
    label: "shortcut.palette",
    matches: (it) => (it.ctrlKey || it.metaKey) && it.key.toLowerCase() === "k",
  },
  previous: { keys: ["Alt", "↑"], label: "shortcut.previous", matches: (it) => it.altKey && it.key === "ArrowUp" },
  next: { keys: ["Alt", "↓"], label: "shortcut.next", matches: (it) => it.altKey && it.key === "ArrowDown" },
  search: { keys: ["/"], label: "shortcut.search", matches: (it) => isSingle(it, "/") },
  rowNext: { keys: ["J"], label: "shortcut.row_next", matches: (it) => isSingle(it, "j") },
  rowPrevious: { keys: ["K"], label: "shortcut.row_previous", matches: (it) => isSingle(it, "k") },
  tick: { keys: ["X"], label: "shortcut.tick", matches: (it) => isSingle(it, "x") },
  write: { keys: ["R"], label: "shortcut.write", matches: (it) => isSingle(it, "r") },
  details: { keys: ["I"], label: "shortcut.details", matches: (it) => isSingle(it, "i") },
  // While one writes, the key is about the text.
  undo: { keys: ["Ctrl", "Z"], label: "shortcut.undo", matches: (it) => (it.ctrlKey || it.metaKey) && it.key === "z" && !holdsText(it.target) },
  help: { keys: ["?"], label: "shortcut.help", matches: (it) => isSingle(it, "?") },
}

const actions = new Map<Shortcut, () => void>()

/** Registers what a key does now; the answer takes it back. */
export function onShortcut(shortcut: Shortcut, action: () => void): () => void {
  actions.set(shortcut, action)
  return () => {
    if (actions.get(shortcut) === action) actions.delete(shortcut)
  }
}

export function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return
  const names = Object.keys(shortcuts) as Shortcut[]
  const name = names.find((it) => shortcuts[it].matches(event))
  const action = name && actions.get(name)
  if (!action) return
  event.preventDefault()
  action()
}

export function singleKeys(): boolean {
  return chosen.singleKeys
}

export function chooseSingleKeys(on: boolean): void {
  chosen.singleKeys = on
  remember("single_keys", on)
}

function isSingle(event: KeyboardEvent, key: string): boolean {
  if (!chosen.singleKeys || event.ctrlKey || event.metaKey || event.altKey) return false
  return event.key.toLowerCase() === key && !isWriting(event.target)
}

function holdsText(target: EventTarget | null): boolean {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value !== ""
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select")
}
