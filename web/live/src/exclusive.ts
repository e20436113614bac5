/** Runs `work` when no other tab of this browser runs work of the same name, waiting for it where one does. */
export async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  // Absent on plain http pages.
  if (!navigator.locks) return withLease(name, work)
  try {
    await navigator.locks.request(name, () => work())
  } catch {
    // Refused together with storage; then no other tab shares anything with this one.
    await work()
  }
}

// A tab that closed or sleeps keeps the others waiting at most this long.
const LEASE_MS = 5_000

/** A lease in storage: weaker than a lock, which is enough, since sending twice is harmless and the order is kept by each tab. */
async function withLease(name: string, work: () => Promise<void>): Promise<void> {
  const holder = Math.random().toString(36)
  while (!(await taken(name, holder))) await pause(LEASE_MS / 2)
  const renewal = setInterval(() => write(name, holder), LEASE_MS / 3)
  const end = () => {
    clearInterval(renewal)
    release(name)
    removeEventListener("pagehide", end)
  }
  addEventListener("pagehide", end)
  await work().finally(end)
}

async function taken(name: string, holder: string): Promise<boolean> {
  try {
    const [other, until] = (localStorage.getItem(name) ?? "").split(" ")
    // The clock may have been put back meanwhile: a lease never lies further ahead than its length.
    const left = Number(until) - Date.now()
    if (other && left > 0 && left <= LEASE_MS) return false
    write(name, holder)
    await pause(50)
    return localStorage.getItem(name)!.startsWith(holder)
  } catch {
    return true
  }
}

function write(name: string, holder: string): void {
  try {
    localStorage.setItem(name, `${holder} ${Date.now() + LEASE_MS}`)
  } catch {
    // Full: the others find no lease and send as well, which is harmless.
  }
}

function release(name: string): void {
  try {
    localStorage.removeItem(name)
  } catch {
    // It expires.
  }
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time))
}
