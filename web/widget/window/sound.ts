// Another tab may show the message meanwhile, and hidden ones learn of that a little later.
const WAIT_MS = 400
const LASTS_MS = 400

/** Two short tones, in one tab of several, where the message is still unread. Browsers refuse sound before the visitor has touched the page, so nothing is tried before. */
export function ring(isUnread: () => boolean): void {
  if (!navigator.userActivation?.hasBeenActive) return
  setTimeout(() => isUnread() && alone(play), WAIT_MS)
}

/** Tabs that find the lock taken keep quiet; plain http pages have no locks. */
function alone(work: () => Promise<void>): void {
  if (!navigator.locks) return void work()
  void navigator.locks.request("frontdesk.sound", { ifAvailable: true }, (lock) => (lock ? work() : undefined)).catch(work)
}

async function play(): Promise<void> {
  const audio = new AudioContext()
  const volume = audio.createGain()
  volume.connect(audio.destination)
  volume.gain.setValueAtTime(0.08, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.4)
  for (const [pitch, from] of [
    [660, 0],
    [880, 0.12],
  ] as const) {
    const tone = audio.createOscillator()
    tone.frequency.value = pitch
    tone.connect(volume)
    tone.start(audio.currentTime + from)
    tone.stop(audio.currentTime + 0.4)
  }
  await new Promise((resolve) => setTimeout(resolve, 2 * LASTS_MS))
  await audio.close()
}
