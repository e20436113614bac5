/** What the parts of a flow are called. */
import type { FlowEdge, FlowNode, ScriptFlow, ScriptStep } from "@frontdesk/protocol"
import { t } from "../../lib/text.svelte.ts"

export type Places = ReadonlyMap<number, { step: ScriptStep; place: number }>

export function edgeWords({ label, outcome }: FlowEdge): string {
  return outcome ? t(`flow.${outcome}`) : label
}

/** "2 Question" */
export function nodeTitle({ kind, step }: FlowNode, places: Places): string {
  if (isEnd(kind)) return t(`flow.${kind}`)
  const place = step === null ? undefined : places.get(step)?.place
  const words = kind === "forward" || kind === "free_input_multi" ? t(`flow.${kind}`) : t(`step.kind_${kind}`)
  return `${place ?? ""} ${words}`.trim()
}

export function nodeText({ kind, step }: FlowNode, places: Places): string {
  if (isEnd(kind)) return t(`flow.${kind}_text`)
  return (step === null ? undefined : places.get(step)?.step.message) || t(`step.kind_${kind}`)
}

/** Where it goes on, for those who do not see the lines: "Pricing: 3 Text". */
export function followers(node: FlowNode, flow: ScriptFlow, nodes: ReadonlyMap<string, FlowNode>, places: Places): string {
  const next = flow.edges.flatMap((edge) => {
    const to = edge.from === node.key ? nodes.get(edge.to) : undefined
    if (!to) return []
    const words = edgeWords(edge)
    return words ? `${words}: ${nodeTitle(to, places)}` : nodeTitle(to, places)
  })
  return next.length > 0 ? t("flow.then", { steps: next.join("; ") }) : ""
}

/** Whether a test went from one end of this edge to the other. */
export function isOnPath(edge: FlowEdge, nodes: ReadonlyMap<string, FlowNode>, path: readonly number[]): boolean {
  const from = nodes.get(edge.from)?.step
  const to = nodes.get(edge.to)?.step
  return path.some((step, at) => at > 0 && step === to && path[at - 1] === from)
}

function isEnd(kind: FlowNode["kind"]): kind is "dead_end" | "operator" | "link" {
  return kind === "dead_end" || kind === "operator" || kind === "link"
}
