import type { Favorite, FavoriteRequest } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"

/** The search of a favorite, as an address has it. */
export function queryOf(favorite: Favorite): string {
  const { query } = favorite.search as { query?: unknown }
  return typeof query === "string" ? query : ""
}

/** The searches of a list that somebody keeps: the caller's own, and those that others share. */
export class Favorites {
  all = $state.raw<Favorite[]>([])
  #path: string

  constructor(list: string) {
    this.#path = `/lists/${list}/favorites`
  }

  /** What is applied when the list is opened: the own choice, else the team's. */
  get initial(): Favorite | undefined {
    const initial = this.all.filter((favorite) => favorite.initial)
    return initial.find((favorite) => favorite.own) ?? initial[0]
  }

  async load(): Promise<void> {
    this.all = (await api.get<{ favorites: Favorite[] }>(this.#path)).favorites
  }

  async keep(favorite: Omit<FavoriteRequest, "search">, query: string): Promise<void> {
    await api.post<Favorite>(this.#path, { ...favorite, search: { query } })
    await this.load()
  }

  async remove(favorite: Favorite): Promise<void> {
    await api.delete(`${this.#path}/${favorite.id}`)
    await this.load()
  }
}
