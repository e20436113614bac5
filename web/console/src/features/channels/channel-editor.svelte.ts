import type { ChannelForm, ChannelRule, ChannelSettings } from "@frontdesk/protocol"
import { ApiError, api } from "../../lib/api.ts"
import { Form } from "../../lib/form.svelte.ts"

const FIELDS = [
  "name",
  "button_text",
  "notification_text",
  "welcome_message",
  "input_placeholder",
  "away_message",
  "colors.button",
  "colors.button_text",
  "colors.header",
  "colors.header_text",
  "allowed_origins",
  "business_hours",
] as const
export type ChannelField = (typeof FIELDS)[number]

/** One channel's form. It outlives the page, so that looking something up elsewhere loses no edit. */
export class ChannelEditor {
  status = $state<"loading" | "ready" | "gone" | "failed">("loading")
  settings = $state.raw<ChannelSettings>()
  draft = $state<ChannelForm>()
  /** Somebody else has saved while something was edited here. */
  overtaken = $state(false)
  readonly form = new Form<ChannelField>([...FIELDS])

  constructor(readonly id: number) {}

  /** How many fields differ from what is saved. */
  readonly changes = $derived.by(() => {
    const { draft, settings } = this
    if (!draft || !settings) return 0
    const saved = formOf(settings)
    return (Object.keys(saved) as (keyof ChannelForm)[]).filter((key) => {
      return key !== "version" && JSON.stringify(saved[key]) !== JSON.stringify(draft[key])
    }).length
  })

  /** Reads it again. What was edited stays. */
  async load(): Promise<void> {
    try {
      this.#take(await api.get<ChannelSettings>(`/channels/${this.id}/settings`))
    } catch (error) {
      if (error instanceof ApiError && error.code === "channel_not_found") this.status = "gone"
      else if (this.status === "loading") this.status = "failed"
    }
  }

  async save(): Promise<boolean> {
    return this.form.submit(async () => {
      const saved = await api.put<ChannelSettings>(`/channels/${this.id}/settings`, this.draft)
      this.#begin(saved)
    })
  }

  /** Forgets what was edited. */
  async discard(): Promise<void> {
    if (this.settings) this.#begin(this.settings)
    await this.load()
  }

  showRules(rules: ChannelRule[]): void {
    if (this.settings) this.settings = { ...this.settings, rules }
  }

  #take(settings: ChannelSettings): void {
    if (this.changes === 0) return this.#begin(settings)
    this.overtaken = settings.version !== this.draft?.version
    // The figures may be new; the form stays as it is edited.
    if (this.settings && !this.overtaken) this.settings = settings
  }

  #begin(settings: ChannelSettings): void {
    this.settings = settings
    this.draft = formOf(settings)
    this.overtaken = false
    this.form.failure = null
    this.status = "ready"
  }
}

function formOf(settings: ChannelSettings): ChannelForm {
  const { channel: _, rules: __, installations: ___, archived_at: ____, ...form } = settings
  return structuredClone(form)
}
