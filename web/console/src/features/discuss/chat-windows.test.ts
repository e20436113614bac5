import { describe, expect, it } from "vitest"
import { arranged, ChatWindows, EDGE_PX, FOLDED_PX, WINDOW_PX } from "./chat-windows.svelte.ts"

const open = (conversation: number) => ({ conversation, folded: false })
const folded = (conversation: number) => ({ conversation, folded: true })

describe("chat windows", () => {
  it("are one per conversation, however often it is heard of", () => {
    const windows = new ChatWindows(1)
    windows.bringUp(5, true)
    windows.bringUp(5, false)
    expect(windows.all).toEqual([folded(5)])
    windows.open(5)
    expect(windows.all).toEqual([open(5)])
    windows.fold(5)
    expect(windows.all).toEqual([folded(5)])
    windows.close(5)
    expect(windows.all).toEqual([])
  })

  it("are not piled up without end", () => {
    const windows = new ChatWindows(1)
    for (let id = 1; id <= 30; id++) windows.bringUp(id, true)
    expect(windows.all.length).toBe(12)
    expect(windows.all.at(-1)).toEqual(folded(30))
  })

  it("fold where it gets narrow, the older ones first, and stay away where there is no room at all", () => {
    const three = [open(1), open(2), open(3)]
    expect(arranged(three, EDGE_PX + 3 * WINDOW_PX)).toEqual(three)
    expect(arranged(three, EDGE_PX + WINDOW_PX + 2 * FOLDED_PX)).toEqual([folded(1), folded(2), open(3)])
    expect(arranged(three, EDGE_PX + WINDOW_PX)).toEqual([open(3)])
    expect(arranged(three, 200)).toEqual([])
  })
})
