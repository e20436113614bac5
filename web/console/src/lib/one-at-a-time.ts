/**
 * Runs some work one at a time. A call during a run starts another one after it, since the answer that is on its way may
 * be older than the call; several such calls share it. The work must not reject.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  function start(): Promise<void> {
    running = work().finally(() => (running = null))
    return running
  }

  return () => {
    if (!running) return start()
    next ??= running.then(() => {
      next = null
      return start()
    })
    return next
  }
}
