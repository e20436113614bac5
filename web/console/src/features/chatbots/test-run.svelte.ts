import type { ScriptTrial, TrialInput } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { tellError } from "../../lib/notices.svelte.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import type { ChatbotEditor } from "./chatbot-editor.svelte.ts"

/** A script as a visitor meets it. All that was done so far is sent along each time: the server keeps nothing of a test. */
export class TestRun {
  trial = $state.raw<ScriptTrial | null>(null)
  /** What a forward finds. */
  operatorAvailable = $state(false)
  #inputs: TrialInput[] = []

  constructor(readonly editor: ChatbotEditor) {}

  /** The script is over, and nobody has taken over. */
  get isOver(): boolean {
    return this.trial?.chatbot?.awaits === "nothing"
  }

  async begin(): Promise<void> {
    this.#inputs = []
    await this.#ask()
  }

  async say(input: TrialInput): Promise<void> {
    this.#inputs = [...this.#inputs, input]
    await this.#ask()
  }

  readonly #ask = oneAtATime(async () => {
    const { analysed: steps, draft, saved } = this.editor
    const request = { script: { steps }, name: draft?.name ?? "", avatar: saved?.avatar ?? null }
    try {
      const told = { operator_available: this.operatorAvailable, inputs: this.#inputs }
      this.trial = await api.post<ScriptTrial>("/chatbots/trial", { ...request, ...told })
      this.editor.walked = this.trial.path
    } catch (error) {
      tellError(error)
    }
  })
}
