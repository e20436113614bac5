/** What can be seen to be wrong with a step without asking the server. */
import type { ScriptStep } from "@frontdesk/protocol"
import { errorText, t } from "../../lib/text.svelte.ts"

export const LONGEST_ANSWER = 200
const LONGEST_MESSAGE = 8000

export function mistakesOf(step: ScriptStep): { message?: string; answers?: string } {
  const message = messageMistake(step)
  const answers = step.kind === "question" ? answersMistake(step) : null
  return { ...(message && { message }), ...(answers && { answers }) }
}

/** Where an answer leads on the web: somewhere else, or a place on the website itself. */
export function isLink(link: string): boolean {
  return /^(https?:\/\/[^\s/\\][^\s\\]*|\/(?![/\\])[^\s\\]*|#[^\s\\]*)$/i.test(link)
}

function messageMistake({ kind, message }: ScriptStep): string | null {
  if (message.trim() === "" && kind !== "forward") return errorText("message_empty")
  return [...message].length > LONGEST_MESSAGE ? errorText("message_too_long") : null
}

function answersMistake({ answers }: ScriptStep): string | null {
  if (answers.length === 0) return t("step.no_answers")
  if (answers.some((answer) => answer.text.trim() === "")) return t("step.answer_empty")
  return answers.every(({ link }) => link === "" || isLink(link)) ? null : t("step.link_wrong")
}
