import { ApiError } from "./api.ts"

const RETRY_AFTER_SECONDS = 5

/** What could not be fetched is asked for again, when the server says so or in a few seconds; not after a sign-out. */
export function retryLater(error: unknown, work: () => void): void {
  if (!(error instanceof ApiError) || error.code === "not_signed_in") return
  setTimeout(work, (error.retryAfterSeconds ?? RETRY_AFTER_SECONDS) * 1000)
}
