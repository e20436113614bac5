/** What the server found, in words, and how to put it right. */
import type { ScriptFinding, ScriptStep } from "@frontdesk/protocol"
import { t } from "../../lib/text.svelte.ts"

/** A finding is known again after the next analysis. */
export function keyOf({ kind, step, answer }: ScriptFinding): string {
  return `${kind} ${step} ${answer ?? ""}`
}

export function findingTitle({ kind }: ScriptFinding): string {
  return t(`finding.${kind}`)
}

export function findingText(finding: ScriptFinding, steps: readonly ScriptStep[]): string {
  const place = placeOf(finding.step, steps)
  const answer = answerText(finding.answer, steps)
  if (finding.kind === "dead_end" && !answer) return t("finding.dead_end_step_text", { place })
  return t(`finding.${finding.kind}_text`, { place, answer: answer ?? "" })
}

/** The answers that lead there, in their order; without the one that it is about. */
export function pathText({ path, step }: ScriptFinding, steps: readonly ScriptStep[]): string {
  const way = path.filter((it) => it.step !== step)
  return way.flatMap(({ answer }) => answerText(answer, steps) ?? []).join(" → ")
}

/** Under which conditions a step would mend it; null where no step can. */
export function repairConditions({ kind, answer, step }: ScriptFinding, steps: readonly ScriptStep[]): number[] | null {
  if (kind === "dead_end" && answer) return [answer]
  if (kind !== "dead_end" && kind !== "forward_without_follow_up") return null
  return steps.find((it) => it.id === step)?.only_if ?? []
}

export function findingsByStep(findings: readonly ScriptFinding[]): Map<number, ScriptFinding[]> {
  const byStep = new Map<number, ScriptFinding[]>()
  for (const finding of findings) byStep.set(finding.step, [...(byStep.get(finding.step) ?? []), finding])
  return byStep
}

/** A step's number as the list shows it. */
export function placeOf(id: number, steps: readonly ScriptStep[]): number {
  return steps.findIndex((step) => step.id === id) + 1
}

export function answerText(id: number | null | undefined, steps: readonly ScriptStep[]): string | null {
  if (!id) return null
  return steps.flatMap((step) => step.answers).find((answer) => answer.id === id)?.text ?? null
}
