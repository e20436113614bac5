import type { ChannelForm, ChannelRule, ChannelSettings } from "@frontdesk/protocol"
import { Editor } from "../../lib/editor.svelte.ts"
import { errorText } from "../../lib/text.svelte.ts"

/** As the server takes it. */
const SESSIONS_MAX = 1000

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
  "max_sessions",
] as const
export type ChannelField = (typeof FIELDS)[number]

/** One channel's form. */
export class ChannelEditor extends Editor<ChannelSettings, ChannelForm, ChannelField> {
  constructor(readonly id: number) {
    super(`/channels/${id}/settings`, FIELDS)
  }

  get settings(): ChannelSettings | undefined {
    return this.saved
  }

  showRules(rules: ChannelRule[]): void {
    if (this.saved) this.saved = { ...this.saved, rules }
  }

  showImage({ channel }: ChannelSettings): void {
    if (this.saved) this.saved = { ...this.saved, channel }
  }

  protected override draftOf(settings: ChannelSettings): ChannelForm {
    const { channel: _, rules: __, installations: ___, archived_at: ____, ...form } = settings
    return structuredClone(form)
  }

  /** What the server could not even read. */
  protected override mistakes(): Partial<Record<ChannelField, string>> {
    const max = this.draft?.max_sessions ?? null
    if (max === null || (Number.isInteger(max) && max >= 1 && max <= SESSIONS_MAX)) return {}
    return { max_sessions: errorText("number_invalid") }
  }

  protected override isGone(code: string): boolean {
    return code === "channel_not_found"
  }
}
