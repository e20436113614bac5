import { randomBytes, randomUUID } from "node:crypto"
import type { Locator } from "playwright-core"
import { expect } from "vitest"
import type { Operator } from "./operator"

/** A step as the API takes it; what is left out is empty. */
export interface Step {
  id: number
  kind: "text" | "question" | "email" | "phone" | "forward" | "free_input" | "free_input_multi"
  message?: string
  answers?: { id: number; text: string; link?: string }[]
  only_if?: number[]
}

/** Makes a chatbot with this script without looking at the editor. */
export async function hasChatbot({ page, url }: Operator, name: string, steps: Step[]): Promise<number> {
  const headers = { Origin: url }
  const made = await page.request.post(`${url}/api/v1/operator/chatbots`, { headers, data: { name } })
  expect(made.status(), await made.text()).toBe(201)
  const { id, version } = await made.json()
  const script = { steps: steps.map((step) => ({ message: "", answers: [], only_if: [], expertises: [], ...step })) }
  const saved = await page.request.put(`${url}/api/v1/operator/chatbots/${id}`, { headers, data: { version, name, script } })
  expect(saved.status(), await saved.text()).toBe(200)
  return id
}

/** A visitor's first answer to a chatbot that greeted, past the widget. */
export async function picksAnswer(url: string, picked: { chatbot: number; version: number; step: number; answer: number; text: string }): Promise<void> {
  const { chatbot: id, version, step, answer, text } = picked
  const begun = await fetch(`${url}/api/v1/visitor/conversations`, {
    method: "POST",
    headers: { Authorization: `Visitor ${randomBytes(32).toString("base64url")}`, "Content-Type": "application/json" },
    body: JSON.stringify({
      id: randomUUID(),
      channel_id: 1,
      chatbot: { id, version },
      message: { client_id: randomUUID(), text, answer: { step, answer } },
    }),
  })
  expect(begun.ok, await begun.text()).toBe(true)
}

/** Somebody in front of a chatbot's editor. */
export class ChatbotEditor {
  readonly texts: Operator["texts"]

  constructor(readonly operator: Operator) {
    this.texts = operator.texts
  }

  async opens(chatbot: number): Promise<void> {
    await this.operator.page.goto(`${this.operator.url}/console/#/chatbots/${chatbot}`)
    await this.column("steps").waitFor()
  }

  /** The steps or the flow. */
  column(part: "steps" | "flow"): Locator {
    return this.operator.page.getByRole("region", { name: this.texts[`chatbot.part_${part}`], exact: true })
  }

  /** The button of a step in the list that opens it. */
  step(message: string): Locator {
    return this.column("steps").getByRole("button", { name: message })
  }

  /** The button of a step in the flow. */
  node(message: string): Locator {
    return this.column("flow").getByRole("listitem").getByRole("button", { name: message })
  }

  async adds(): Promise<Locator> {
    await this.column("steps").getByRole("button", { name: this.texts["step.add"], exact: true }).click()
    return this.dialog
  }

  get dialog(): Locator {
    return this.operator.page.getByRole("dialog")
  }

  async writes(message: string, kind?: "question" | "email"): Promise<void> {
    await this.dialog.getByLabel(this.texts["step.message"]).fill(message)
    if (kind) await this.dialog.getByLabel(this.texts["step.kind"]).selectOption({ label: this.texts[`step.kind_${kind}`] })
  }

  async answers(...texts: string[]): Promise<void> {
    for (const [at, text] of texts.entries()) {
      await this.dialog.getByRole("button", { name: this.texts["step.add_answer"] }).click()
      await this.dialog.getByLabel(this.texts["step.answer"].replace("{place}", `${at + 1}`), { exact: true }).fill(text)
    }
  }

  async presses(key: "step.save_close" | "step.save_new" | "action.save" | "action.discard"): Promise<void> {
    await this.dialog.getByRole("button", { name: this.texts[key], exact: true }).click()
  }

  /** Moves the step at this place by its handle. */
  async moves(place: number, key: "ArrowUp" | "ArrowDown"): Promise<void> {
    const name = this.texts["rule.move"].replace("{place}", `${place}`)
    await this.column("steps").getByRole("button", { name, exact: true }).press(key)
  }

  async saves(): Promise<void> {
    await this.operator.page.getByRole("region", { name: this.texts["channel.unsaved"] }).getByRole("button", { name: this.texts["channel.save"] }).click()
    await this.operator.page.getByText(this.texts["chatbot.saved"]).waitFor()
  }

  told(key: keyof Operator["texts"], values: Record<string, string> = {}): Locator {
    const text = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), this.texts[key])
    return this.operator.page.getByText(text)
  }
}
