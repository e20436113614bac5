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

  /** What changes all day long: who is there, and who is called what. */
  readonly reloadMembers = oneAtATime(() => this.#fetchMembers())

  readonly #byId = $derived(new Map(this.members.map((member) => [member.id, member])))

  /** Path of an operator's picture, where there is one. */
  avatar(id: number): string | null {
    return this.#byId.get(id)?.avatar ?? null
  }

  /** Who knows this, of those who may sign in. */
  experts({ id }: Expertise): TeamMember[] {
    return this.members.filter((it) => it.active && it.expertise.includes(id))
  }

  async #fetchMembers(): Promise<void> {
    if (this.status !== "ready") return this.reload()
    try {
      this.members = (await api.get<{ operators: TeamMember[] }>("/operators")).operators
    } catch (error) {
      retryLater(error, this.reloadMembers)
    }
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
