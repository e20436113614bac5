/** Two short tones. Browsers refuse sound before the visitor has touched the page, so nothing is tried before. */
export function ring(): void {
  if (!navigator.userActivation?.hasBeenActive) return
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
  setTimeout(() => void audio.close(), 1_000)
}
