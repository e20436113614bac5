/** A form's way from the button to the answer: busy meanwhile, and each mistake told at its field. */
import { ApiError } from "./api.ts"
import { errorText, t } from "./text.svelte.ts"

export class Form<Field extends string> {
  busy = $state(false)
  /** What concerns no single field. */
  failure = $state<string | null>(null)
  /** Where that is, as the server names it. */
  failedAt = $state<string | null>(null)
  #mistakes = $state<Partial<Record<Field, string>>>({})

  /** Mistakes that need no server to be seen; with any of them, nothing is sent. */
  #check: () => Partial<Record<Field, string>>
  #fields: Field[]

  constructor(fields: Field[], check: () => Partial<Record<Field, string>> = () => ({})) {
    this.#fields = fields
    this.#check = check
  }

  mistake(field: Field): string | null {
    return this.#mistakes[field] ?? null
  }

  /** The first field with a mistake, which should get the focus. */
  get firstMistake(): Field | undefined {
    return this.#fields.find((field) => this.#mistakes[field])
  }

  /** True when it went well. */
  async submit(send: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    this.failure = this.failedAt = null
    this.#mistakes = this.#check()
    if (this.firstMistake) return false
    this.busy = true
    try {
      await send()
      return true
    } catch (error) {
      this.#explain(error)
      return false
    } finally {
      this.busy = false
    }
  }

  #explain(error: unknown): void {
    if (!(error instanceof ApiError)) throw error
    const field = error.field as Field | undefined
    if (field && this.#fields.includes(field)) this.#mistakes = { [field]: errorText(error.code) } as Record<Field, string>
    else this.#fail(error)
  }

  #fail(error: ApiError): void {
    this.failedAt = error.field ?? null
    this.failure = error.code === "too_many_requests" ? throttled(error) : errorText(error.code)
  }
}

function throttled(error: ApiError): string {
  const seconds = error.retryAfterSeconds ?? 60
  const minutes = Math.ceil(seconds / 60)
  return seconds < 60 ? t("form.throttled_seconds", { seconds }) : t("form.throttled_minutes", { minutes })
}
