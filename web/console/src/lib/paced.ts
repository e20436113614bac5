/** Runs some work at once, and then at most once in a while: what was asked for meanwhile is done at the end of the pause. */
export function paced(work: () => void, pauseMs: number): () => void {
  let resting = false
  let asked = false

  function run() {
    if (resting) {
      asked = true
      return
    }
    resting = true
    work()
    setTimeout(() => {
      const again = asked
      resting = asked = false
      if (again) run()
    }, pauseMs)
  }

  return run
}
