/** The operator's HTTP API: JSON in and out, and one kind of error. */
import type { ErrorBody } from "@frontdesk/protocol"

export const BASE = "/api/v1/operator"

/** An answer that is not a success, or none at all (`unreachable`). `code` has a text in errors.json. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly field: string | undefined,
    readonly retryAfterSeconds: number | undefined,
    detail: string,
  ) {
    super(detail)
  }
}

let waitForSession = async () => false

/** What to do when the server no longer knows our session. The answer tells whether the same person is back. */
export function whenSignedOut(wait: () => Promise<boolean>): void {
  waitForSession = wait
}

export const api = {
  get: <T>(path: string) => request<T>("GET", path),
  post: <T>(path: string, body?: unknown) => request<T>("POST", path, body),
  put: <T>(path: string, body?: unknown) => request<T>("PUT", path, body),
  patch: <T>(path: string, body?: unknown) => request<T>("PATCH", path, body),
  /** Sends a file as it is; what it is, the server finds out. */
  upload: <T>(path: string, file: Blob) => request<T>("PUT", path, file),
  delete: <T>(path: string) => request<T>("DELETE", path),
}

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await reach(method, path, body)
  if (response.status === 204 || response.status === 202) return undefined as T
  if (response.ok) return (await response.json()) as T
  const error = await errorOf(response)
  if (error.code === "not_signed_in" && (await waitForSession())) return request(method, path, body)
  throw error
}

async function reach(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(BASE + path, {
      method,
      // What is to be removed is also removed when somebody leaves the page in the same moment.
      keepalive: method === "DELETE",
      headers: body === undefined || body instanceof Blob ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
    })
  } catch (cause) {
    throw new ApiError("unreachable", undefined, undefined, String(cause))
  }
}

/** A proxy in between may answer without our envelope. */
async function errorOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined
  const body = (await response.json().catch(() => null)) as ErrorBody | null
  const first = body?.errors?.[0]
  const code = first?.code ?? (response.status === 503 || response.status === 502 ? "busy" : "internal")
  return new ApiError(code, first?.field, retryAfter, first?.detail ?? response.statusText)
}
