import type { AnalysedScript, Chatbot, ChatbotForm, FiguresOfStep, ScriptStep } from "@frontdesk/protocol"
import { api } from "../../lib/api.ts"
import { Editor } from "../../lib/editor.svelte.ts"
import { tell } from "../../lib/notices.svelte.ts"
import { oneAtATime } from "../../lib/one-at-a-time.ts"
import { t, tCount } from "../../lib/text.svelte.ts"
import { type Change, changedSteps, freeId, withMoved, withoutStep, withStep } from "./script.ts"

/** One chatbot's script while it is edited, and what the server finds in it. */
export class ChatbotEditor extends Editor<Chatbot, ChatbotForm, "name"> {
  /** Replaced, never changed inside: nobody watches 200 steps field by field. */
  override draft = $state.raw<ChatbotForm>()
  analysis = $state.raw<AnalysedScript["analysis"] | null>(null)
  flow = $state.raw<AnalysedScript["flow"] | null>(null)
  figures = $state.raw<ReadonlyMap<number, FiguresOfStep>>(new Map())
  /** The step that is marked in all columns. */
  chosen = $state<number | null>(null)
  /** The step in the dialog as it would be if it were saved now. */
  working = $state.raw<ScriptStep | null>(null)

  /** The steps that the analysis is about, and a test. */
  analysed = $state.raw<ScriptStep[]>([])
  /** The steps that a test has shown, in their order. */
  walked = $state.raw<readonly number[]>([])

  constructor(readonly id: number) {
    super(`/chatbots/${id}`, ["name"])
  }

  /** The script as it stands, with what is being written in the dialog. */
  readonly steps = $derived.by(() => {
    const steps = this.#steps
    return this.working ? withStep(steps, this.working).steps : steps
  })

  get #steps(): ScriptStep[] {
    return this.draft?.script.steps ?? []
  }

  /** The step that the server would not take. */
  readonly refused = $derived.by(() => {
    const place = /^script\.steps\.(\d+)/.exec(this.form.failedAt ?? "")?.[1]
    return place === undefined ? null : (this.#steps[Number(place)]?.id ?? null)
  })

  rename(name: string): void {
    if (this.draft) this.draft = { ...this.draft, name }
  }

  step(id: number): ScriptStep | undefined {
    return this.#steps.find((it) => it.id === id)
  }

  freeId(): number {
    return freeId(this.saved?.next_id ?? 1, { steps: this.#steps })
  }

  put(step: ScriptStep): void {
    this.#apply(withStep(this.#steps, step))
  }

  move(from: number, to: number): void {
    this.#apply(withMoved(this.#steps, from, to))
  }

  remove(step: ScriptStep): void {
    const before = this.#steps
    const { steps, dropped } = withoutStep(before, step.id)
    this.#show(steps)
    if (this.chosen === step.id) this.chosen = null
    const more = dropped > 0 ? ` ${tCount("step.conditions_dropped", dropped)}` : ""
    tell(t("step.deleted") + more, () => this.#show(before))
  }

  /** Asks anew what is wrong with the script; what is on its way is waited for. */
  readonly analyse = oneAtATime(() => this.#analyse())

  async loadFigures(): Promise<void> {
    try {
      const { steps } = await api.get<{ steps: FiguresOfStep[] }>(`${this.path}/figures`)
      this.figures = new Map(steps.map((it) => [it.step, it]))
    } catch {
      // A page without figures is still an editor.
    }
  }

  protected override draftOf({ version, name, script }: Chatbot): ChatbotForm {
    return { version, name, script }
  }

  protected override isGone(code: string): boolean {
    return code === "not_found"
  }

  protected override differences(saved: ChatbotForm, draft: ChatbotForm): number {
    return Number(saved.name !== draft.name) + changedSteps(saved.script.steps, draft.script.steps)
  }

  /** Conditions that a change made impossible are told, and come back with all of it. */
  #apply({ steps, dropped }: Change): void {
    const before = this.#steps
    this.#show(steps)
    if (dropped > 0) tell(tCount("step.conditions_dropped", dropped), () => this.#show(before))
  }

  #show(steps: ScriptStep[]): void {
    if (this.draft) this.draft = { ...this.draft, script: { steps } }
  }

  async #analyse(): Promise<void> {
    const script = { steps: this.steps }
    try {
      const { analysis, flow } = await api.post<AnalysedScript>("/chatbots/analysis", { script })
      this.analysis = analysis
      this.flow = flow
      this.analysed = script.steps
    } catch {
      // The findings of before stay; the next change asks again.
    }
  }
}
