/** A form for what is saved as a whole with its version. It outlives its page, so that looking something up elsewhere loses no edit. */
import { ApiError, api } from "./api.ts"
import { Form } from "./form.svelte.ts"

export abstract class Editor<Saved, Draft extends { version: number }, Field extends string> {
  status = $state<"loading" | "ready" | "gone" | "failed">("loading")
  saved = $state.raw<Saved>()
  draft = $state<Draft>()
  /** Somebody else has saved while something was edited here. */
  overtaken = $state(false)
  readonly form: Form<Field>

  constructor(
    readonly path: string,
    fields: readonly Field[],
  ) {
    this.form = new Form<Field>([...fields], () => this.mistakes())
  }

  /** How much differs from what is saved. */
  readonly changes = $derived.by(() => {
    const { draft, saved } = this
    return draft && saved ? this.differences(this.draftOf(saved), draft) : 0
  })

  /** Reads it again. What was edited stays. */
  async load(): Promise<void> {
    try {
      this.#take(await api.get<Saved>(this.path))
    } catch (error) {
      if (error instanceof ApiError && this.isGone(error.code)) this.status = "gone"
      else if (this.status === "loading") this.status = "failed"
    }
  }

  async save(): Promise<boolean> {
    return this.form.submit(async () => this.begin(await api.put<Saved>(this.path, this.draft)))
  }

  /** Forgets what was edited. */
  async discard(): Promise<void> {
    if (this.saved) this.begin(this.saved)
    await this.load()
  }

  protected abstract draftOf(saved: Saved): Draft

  protected abstract isGone(code: string): boolean

  /** What needs no server to be seen. */
  protected mistakes(): Partial<Record<Field, string>> {
    return {}
  }

  /** Each field counts once. */
  protected differences(saved: Draft, draft: Draft): number {
    return (Object.keys(saved) as (keyof Draft)[]).filter((key) => {
      return key !== "version" && JSON.stringify(saved[key]) !== JSON.stringify(draft[key])
    }).length
  }

  protected begin(saved: Saved): void {
    this.saved = saved
    this.draft = this.draftOf(saved)
    this.overtaken = false
    this.form.failure = this.form.failedAt = null
    this.status = "ready"
  }

  #take(saved: Saved): void {
    if (this.changes === 0) return this.begin(saved)
    this.overtaken = this.draftOf(saved).version !== this.draft?.version
    // The figures may be new; the form stays as it is edited.
    if (this.saved && !this.overtaken) this.saved = saved
  }
}
