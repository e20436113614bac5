import type { StepKind } from "@frontdesk/protocol"
import type { IconName } from "../../components/icons.ts"

/** The types of a step, in the order in which they are offered. */
export const STEP_KINDS: readonly StepKind[] = ["text", "question", "email", "phone", "forward", "free_input", "free_input_multi"]

export const kindIcons: Record<StepKind, IconName> = {
  text: "text",
  question: "rows",
  email: "mail",
  phone: "phone",
  forward: "forward",
  free_input: "pencil",
  free_input_multi: "pencil",
}
