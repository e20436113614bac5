import type { Expertise, TeamMember } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import { retryLater } from "../../lib/retry-later.ts"

/** Everybody who may sign in, what they know, and the languages that they may answer in. */
export class Team {
  status = $state<"loading" | "ready" | "failed">("loading")
  members = $state.raw<TeamMember[]>([])
  expertise = $state.raw<Expertise[]>([])
  languages = $state.raw<string[]>([])

  readonly reload = oneAtATime(() => this.#fetch())

  readonly #byId = $derived(new Map(this.members.map((member) => [member.id, member])))

  /** Path of an operator's picture, where there is one. */
  avatar(id: number): string | null {
    return this.#byId.get(id)?.avatar ?? null
  }

  async #fetch(): Promise<void> {
    try {
      const [team, known, spoken] = await Promise.all([
        api.get<{ operators: TeamMember[] }>("/operators"),
        api.get<{ expertise: Expertise[] }>("/expertise"),
        api.get<{ languages: string[] }>("/languages"),
      ])
      this.members = team.operators
      this.expertise = known.expertise
      this.languages = spoken.languages
      this.status = "ready"
    } catch (error) {
      if (this.status === "loading") this.status = "failed"
      retryLater(error, this.reload)
    }
  }
}
