import type { ErrorBody } from "@frontdesk/protocol"

/** The server understood and said no. A lost network throws something else. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  /** Seconds after which the same may be tried again; none: the answer is final. */
  readonly retryAfter: number | undefined

  constructor(answer: Response, body: ErrorBody | undefined) {
    super(`${answer.status}`)
    this.status = answer.status
    this.code = body?.errors[0]?.code ?? "internal"
    const after = Number(answer.headers.get("Retry-After"))
    const mayPass = answer.status === 429 || answer.status >= 500
    this.retryAfter = mayPass ? after || 5 : undefined
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

  async post<Answer>(path: string, body: unknown, method = "POST"): Promise<Answer> {
    const headers = { "Content-Type": "application/json" }
    const answer = await this.request(path, { method, headers, body: JSON.stringify(body) })
    return answer.status === 204 ? (undefined as Answer) : answer.json()
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...init.headers, Authorization: `Visitor ${this.#secret()}` }
    const answer = await fetch(this.#base + path, { ...init, headers, credentials: "omit", cache: "no-store" })
    if (!answer.ok) throw new Refusal(answer, await answer.json().catch(() => undefined))
    return answer
  }
}
