import type { Locator } from "playwright-core"

/** Which of these texts stand in a thread, in its order, each as often as it stands there. */
export async function told(person: { messages: Locator }, texts: string[]): Promise<string[]> {
  const thread = await person.messages.innerText()
  return thread.match(new RegExp(texts.map(literally).join("|"), "g")) ?? []
}

function literally(text: string): string {
  return text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&")
}
