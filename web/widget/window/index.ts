/** The window: fetched when it is first needed, and everything that a conversation takes. */

import type { WindowScript } from "../contract"
import { Chat } from "./chat"

export const createWindow: WindowScript["createWindow"] = (setting, decision, texts) => new Chat(setting, decision, texts)
