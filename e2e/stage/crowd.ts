import { randomBytes, randomUUID } from "node:crypto"

/** So many visitors who wrote a word past the widget, one after the other. */
export async function crowd(url: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    const secret = randomBytes(32).toString("base64url")
    const message = { client_id: randomUUID(), text: `Question ${number}` }
    const answer = await fetch(`${url}/api/v1/visitor/conversations`, {
      method: "POST",
      headers: { Authorization: `Visitor ${secret}`, "Content-Type": "application/json" },
      body: JSON.stringify({ id: randomUUID(), channel_id: 1, message, language: ["de", "pt-BR", "en"][number % 3] }),
    })
    if (!answer.ok) throw new Error(`visitor ${number} was answered ${answer.status}: ${await answer.text()}`)
  }
}
