import type { Channel } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"

/** All channels of this installation, and which of them the operator has joined. */
export class Channels {
  status = $state<"loading" | "ready" | "failed">("loading")
  all = $state.raw<Channel[]>([])
  #reloading: Promise<void> | null = null
  #again = false

  get joined(): Channel[] {
    return this.all.filter((channel) => channel.joined)
  }

  /** A call during a running one fetches once more afterwards, since the answer may be older than the call. */
  reload(): Promise<void> {
    this.#again = this.#reloading !== null
    this.#reloading ??= this.#fetch().finally(() => {
      this.#reloading = null
      if (this.#again) void this.reload()
    })
    return this.#reloading
  }

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
    } catch {
      if (this.status === "loading") this.status = "failed"
    }
  }
}
