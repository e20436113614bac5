import type { Channel } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import { retryLater } from "../../lib/retry-later.ts"
import { ChannelEditor } from "./channel-editor.svelte.ts"

/** All channels of this installation, and which of them the operator has joined. */
export class Channels {
  status = $state<"loading" | "ready" | "failed">("loading")
  all = $state.raw<Channel[]>([])

  readonly #editors = new Map<number, ChannelEditor>()

  /** A channel's form, with what was edited in it before. */
  editor(id: number): ChannelEditor {
    const editor = this.#editors.get(id) ?? new ChannelEditor(id)
    this.#editors.set(id, editor)
    return editor
  }

  get joined(): Channel[] {
    return this.all.filter((channel) => channel.joined)
  }

  readonly reload = oneAtATime(() => this.#fetch())

  async join(channel: Channel): Promise<void> {
    this.#put(await api.put<Channel>(`/channels/${channel.id}/membership`))
  }

  async leave(channel: Channel): Promise<void> {
    this.#put(await api.delete<Channel>(`/channels/${channel.id}/membership`))
  }

  #put(changed: Channel): void {
    this.all = this.all.map((channel) => (channel.id === changed.id ? changed : channel))
  }

  async #fetch(): Promise<void> {
    try {
      this.all = (await api.get<{ channels: Channel[] }>("/channels")).channels
      this.status = "ready"
    } catch (error) {
      if (this.status === "loading") this.status = "failed"
      retryLater(error, this.reload)
    }
  }
}
