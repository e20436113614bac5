/**
 * What a change does to the rest of a script. A condition can only name an answer of an earlier question: whatever moves,
 * goes or stops asking takes the conditions with it that it made impossible.
 */
import type { Script, ScriptAnswer, ScriptStep } from "@frontdesk/protocol"
import { moved } from "../../lib/order.ts"

export interface Change {
  steps: ScriptStep[]
  /** How many conditions went with it. */
  dropped: number
}

/** An answer that a step may depend on. */
export interface Condition {
  answer: number
  question: string
  text: string
}

const LONGEST_QUESTION = 26

export function emptyStep(id: number, onlyIf: number[] = []): ScriptStep {
  return { id, kind: "text", message: "", answers: [], only_if: onlyIf, expertises: [] }
}

/** The step at its place, or at the end if it is new. What its type does not have is left behind. */
export function withStep(steps: readonly ScriptStep[], step: ScriptStep): Change {
  const tidy = ofItsKind(step)
  const known = steps.some((it) => it.id === step.id)
  return settled(known ? steps.map((it) => (it.id === step.id ? tidy : it)) : [...steps, tidy])
}

export function withoutStep(steps: readonly ScriptStep[], id: number): Change {
  return settled(steps.filter((it) => it.id !== id))
}

export function withMoved(steps: readonly ScriptStep[], from: number, to: number): Change {
  return settled(moved(steps, from, to))
}

/** What the step with this id may depend on; for a new one, every answer. */
export function conditionsBefore(steps: readonly ScriptStep[], id: number): Condition[] {
  const at = steps.findIndex((it) => it.id === id)
  return conditions(at < 0 ? steps : steps.slice(0, at))
}

export function conditions(steps: readonly ScriptStep[]): Condition[] {
  return steps.flatMap((step) =>
    step.answers.map((answer) => ({ answer: answer.id, question: shortened(step.message), text: answer.text })),
  )
}

export function freeId(nextId: number, { steps }: Script): number {
  return Math.max(nextId - 1, ...steps.flatMap((step) => [step.id, ...step.answers.map((it) => it.id)])) + 1
}

/** How many of the steps are not what they were, or not where they were. */
export function changedSteps(before: readonly ScriptStep[], after: readonly ScriptStep[]): number {
  const known = new Map(before.map((step) => [step.id, JSON.stringify(step)]))
  const changed = after.filter((step) => known.get(step.id) !== JSON.stringify(step))
  const kept = after.filter((step) => known.has(step.id)).map((step) => step.id)
  const gone = before.length - kept.length
  const order = before.map((step) => step.id).filter((id) => kept.includes(id))
  const isReordered = order.some((id, at) => id !== kept[at])
  return changed.length + gone + (isReordered && changed.length + gone === 0 ? 1 : 0)
}

export function isBlank(answer: ScriptAnswer): boolean {
  return answer.text.trim() === "" && answer.link.trim() === ""
}

function ofItsKind(step: ScriptStep): ScriptStep {
  return {
    ...step,
    answers: step.kind === "question" ? step.answers : [],
    expertises: step.kind === "forward" ? step.expertises : [],
  }
}

function settled(steps: ScriptStep[]): Change {
  const earlier = new Set<number>()
  let dropped = 0
  const kept = steps.map((step) => {
    const onlyIf = step.only_if.filter((answer) => earlier.has(answer))
    dropped += step.only_if.length - onlyIf.length
    step.answers.forEach((answer) => earlier.add(answer.id))
    return onlyIf.length === step.only_if.length ? step : { ...step, only_if: onlyIf }
  })
  return { steps: kept, dropped }
}

function shortened(question: string): string {
  const characters = [...question.replaceAll(/\s+/g, " ").trim()]
  return characters.length > LONGEST_QUESTION ? `${characters.slice(0, LONGEST_QUESTION - 1).join("")}…` : characters.join("")
}
