/** The window: fetched when it is first needed, and everything that a conversation takes. */

import type { WindowScript } from "../contract"
import { Chat } from "./chat"
import { borrow } from "./dom"

export const createWindow: WindowScript["createWindow"] = (setting, decision, texts) => {
  borrow(setting)
  return new Chat(setting, decision, texts)
}
