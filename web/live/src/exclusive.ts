/** Runs `work` when no other tab of this browser runs work of the same name, waiting for it where one does. */
export type Turns = (name: string, work: () => Promise<void>) => Promise<void>

/** `withoutLocks` takes the turns on plain http pages, where browsers have no locks. */
export async function exclusively(name: string, work: () => Promise<void>, withoutLocks: Turns): Promise<void> {
  if (!navigator.locks) return withoutLocks(name, work)
  try {
    await navigator.locks.request(name, () => work())
  } catch {
    // Refused together with storage; then no other tab shares anything with this one.
    await work()
  }
}
