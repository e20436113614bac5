/** The window: fetched when it is first needed, and everything that a conversation takes. */

import type { WindowScript } from "../contract"
import { Chat } from "./chat"
import { borrow } from "./dom"

export const createWindow: WindowScript["createWindow"] = async (setting, decision, texts) => {
  borrow(setting)
  const chat = new Chat(setting, decision, texts)
  // A task of its own for showing it: the page gets a turn in between.
  await new Promise((resolve) => setTimeout(resolve))
  return chat
}
