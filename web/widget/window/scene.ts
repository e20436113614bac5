import type { Decision, VisitorConversation } from "@frontdesk/protocol"
import type { Setting } from "../contract"
import type { Bot } from "./bot"
import type { Conversation } from "./conversation"
import type { Words } from "./words"

/** What every part of the window draws from. */
export interface Scene {
  setting: Setting
  decision: Decision
  words: Words
  conversation: Conversation
  /** Who answers, or is likely to where nothing has been written yet. */
  operator: { name: string; avatar?: string | null } | null | undefined
  /** Talks in place of an operator. */
  bot: Bot | undefined
  /** Address of the picture of somebody of this name. */
  face(name: string): string | undefined
  /** What the bottom of the window is for now. */
  mode: "talk" | "ending" | "ended" | "away"
  /** Why the last conversation could not be started. */
  refused: string | undefined
  ask(mode: "talk" | "ending"): void
  leave(): void
}

/** A part of the window. `draw` brings it up to date, and does little where nothing has changed. */
export interface Part {
  readonly element: HTMLElement
  draw(scene: Scene): void
}

/** Why nobody answers yet: everybody is busy, or was away. */
export type Pending = Partial<Pick<VisitorConversation, "waiting" | "left_message">>
