import type { ErrorBody } from "@frontdesk/protocol"

/** The server understood and said no. A lost network throws something else. */
export class Refusal {
  readonly status: number
  readonly code: string | undefined
  /** Seconds after which the same may be tried again; none: the answer is final. */
  readonly retryAfter: number | undefined

  constructor({ status, headers }: Response, body?: ErrorBody) {
    this.status = status
    this.code = body?.errors[0]?.code
    if (status === 429 || status >= 500) this.retryAfter = Number(headers.get("Retry-After")) || 5
  }
}

/** The visitor's side of the HTTP API. */
export class Http {
  #base: string
  #secret: () => string

  constructor(origin: string, secret: () => string) {
    this.#base = `${origin}/api/v1/visitor/`
    this.#secret = secret
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await this.request(path)).json()
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await this.request(path, { method: "POST", body: JSON.stringify(body) })).json()
  }

  async request(path: string, init?: RequestInit): Promise<Response> {
    const headers = { Authorization: `Visitor ${this.#secret()}`, "Content-Type": "application/json" }
    const answer = await fetch(this.#base + path, { ...init, headers })
    // oxlint-disable-next-line no-throw-literal
    if (!answer.ok) throw new Refusal(answer, await answer.json().catch(() => undefined))
    return answer
  }
}
