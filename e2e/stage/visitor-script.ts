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

  /** Many messages at once; which is first is for the server to say. */
  async says(count: number, text: (index: number) => string): Promise<void> {
    let next = 0
    const sender = async () => {
      while (next < count) await this.#say(text(next++))
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, sender))
  }

  async #say(text: string): Promise<void> {
    const answer = await fetch(`${this.server}/api/v1/visitor/conversations/${this.conversation}/messages`, {
      method: "POST",
      headers: { Authorization: `Visitor ${this.secret}`, "Content-Type": "application/json" },
      body: JSON.stringify({ client_id: crypto.randomUUID(), text }),
    })
    if (answer.status !== 201) throw new Error(await answer.text())
  }
}
