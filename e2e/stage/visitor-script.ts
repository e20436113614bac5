import { randomBytes } from "node:crypto"
import type { Page } from "playwright-core"

const IN_FLIGHT = 64

/** What a visitor's browser knows, used without a browser: to have much said in little time. */
export class VisitorScript {
  private constructor(
    readonly server: string,
    readonly secret: string,
    readonly conversation: string,
  ) {}

  /** Goes on with the conversation that this page has begun. */
  static async of(page: Page, server: string): Promise<VisitorScript> {
    const kept = (name: string) => page.evaluate((key) => JSON.parse(localStorage.getItem(key)!) as string, `frontdesk.1.${name}`)
    return new VisitorScript(server, await kept("secret"), await kept("conversation"))
  }

  /** Somebody who has only just come. */
  static newcomer(server: string): VisitorScript {
    return new VisitorScript(server, randomBytes(32).toString("base64url"), crypto.randomUUID())
  }

  async begins(text: string): Promise<void> {
    const message = { client_id: crypto.randomUUID(), text }
    await this.#post("/conversations", { channel_id: 1, id: this.conversation, message, language: "en" })
  }

  /** Many messages at once; which is first is for the server to say. */
  async says(count: number, text: (index: number) => string): Promise<void> {
    let next = 0
    const sender = async () => {
      while (next < count) await this.#say(text(next++))
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, sender))
  }

  async #say(text: string): Promise<void> {
    await this.#post(`/conversations/${this.conversation}/messages`, { client_id: crypto.randomUUID(), text })
  }

  async #post(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.server}/api/v1/visitor${path}`, {
      method: "POST",
      headers: { Authorization: `Visitor ${this.secret}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    })
    if (answer.status !== 201) throw new Error(await answer.text())
  }
}
