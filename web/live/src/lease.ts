import type { Turns } from "./exclusive"

// A tab that was closed in the middle keeps the others waiting at most this long.
const LEASE_MS = 3_000

/**
 * A lease in storage: weaker than a lock (it is not renewed, and two may take it in the same instant), which is enough:
 * sending twice is harmless, and each tab keeps the order.
 */
export const withLease: Turns = async (name, work) => {
  while (isLeased(name)) await new Promise((resolve) => setTimeout(resolve, LEASE_MS / 5))
  leaseUntil(name, Date.now() + LEASE_MS)
  await work()
  leaseUntil(name, 0)
}

function isLeased(name: string): boolean {
  try {
    const left = localStorage[name] - Date.now()
    // The clock may have been put back meanwhile: a lease never ends further ahead than its length.
    return left > 0 && left <= LEASE_MS
  } catch {
    return false
  }
}

function leaseUntil(name: string, time: number): void {
  try {
    if (time) localStorage[name] = time
    else delete localStorage[name]
  } catch {
    // Refused or full: the others find no lease and send as well.
  }
}
