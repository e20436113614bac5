import { remember, remembered } from "../../lib/storage.ts"

export interface ChatWindow {
  conversation: number
  folded: boolean
}

/** What the design gives them, with the gap to the next one. */
export const WINDOW_PX = 340 + 12
export const FOLDED_PX = 232 + 12
/** From the edge of the page to the first one. */
export const EDGE_PX = 24

/** More of them than this nobody finds a way through. */
const MOST_KEPT = 12

/** The conversations that stand at the bottom of every page but Discuss, which shows them itself. */
export class ChatWindows {
  /** The oldest first. */
  all = $state.raw<ChatWindow[]>([])
  /** The conversation whose window somebody works in: what comes there is seen. */
  attended = $state<number | null>(null)
  /** The one that was asked for, and waits for the focus. */
  wanted: number | null = null
  #memory: string

  constructor(operator: number) {
    this.#memory = `chat_windows.${operator}`
    this.all = remembered(this.#memory, [])
  }

  /** A person wants to write there. */
  open(conversation: number): void {
    this.wanted = conversation
    this.#keep([...this.#others(conversation), { conversation, folded: false }])
  }

  /** Something happened there that should be seen. A window that is there already stays as it is. */
  bringUp(conversation: number, folded: boolean): void {
    if (this.all.some((it) => it.conversation === conversation)) return
    this.#keep([...this.all, { conversation, folded }])
  }

  fold(conversation: number): void {
    this.#keep(this.all.map((it) => (it.conversation === conversation ? { conversation, folded: true } : it)))
  }

  close(conversation: number): void {
    this.#keep(this.#others(conversation))
  }

  #others(conversation: number): ChatWindow[] {
    return this.all.filter((it) => it.conversation !== conversation)
  }

  #keep(windows: ChatWindow[]): void {
    this.all = windows.slice(-MOST_KEPT)
    remember(this.#memory, this.all)
  }
}

/** The newest ones for which there is room, in their order; where it gets narrow, the older of them are folded. */
export function arranged(windows: ChatWindow[], width: number): ChatWindow[] {
  const room = width - EDGE_PX
  const most = Math.max(Math.floor(room / FOLDED_PX), 0)
  const shown = windows.slice(Math.max(windows.length - most, 0))
  let spare = room - shown.length * FOLDED_PX
  return shown.reduceRight<ChatWindow[]>((arranged, window) => {
    const folded = window.folded || spare < WINDOW_PX - FOLDED_PX
    if (!folded) spare -= WINDOW_PX - FOLDED_PX
    return [{ ...window, folded }, ...arranged]
  }, [])
}
