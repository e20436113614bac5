/** Ways to call somebody who looks elsewhere: a sound and a notification of the browser. Each is the person's choice. */
export function canNotify(): boolean {
  return typeof Notification !== "undefined" && isSecureContext
}

/** Asks the browser, which asks the person. True when notifications may be shown. */
export async function allowNotifications(): Promise<boolean> {
  return canNotify() && (await Notification.requestPermission()) === "granted"
}

export function showNotification(title: string, body: string, tag: string, open: () => void): void {
  if (!canNotify() || Notification.permission !== "granted") return
  const notification = new Notification(title, { body, tag, icon: `${import.meta.env.BASE_URL}logo.svg` })
  notification.onclick = () => {
    window.focus()
    notification.close()
    open()
  }
}

/** As long as a sound takes. Many calls that come at once are one: browsers play few sounds at a time. */
const SOUND_MS = 600
let soundEndsAt = 0

/** Two soft notes, made here: nothing to download. Browsers stay silent until the page was clicked once. */
export function playSound(): void {
  if (performance.now() < soundEndsAt) return
  soundEndsAt = performance.now() + SOUND_MS
  const context = new AudioContext()
  if (context.state === "suspended") return void context.close()
  playNote(context, 880, 0)
  playNote(context, 1174.7, 0.12).onended = () => void context.close()
}

function playNote(context: AudioContext, hertz: number, afterSeconds: number): OscillatorNode {
  const start = context.currentTime + afterSeconds
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.linearRampToValueAtTime(0.12, start + 0.01)
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35)
  const note = new OscillatorNode(context, { type: "sine", frequency: hertz })
  note.connect(volume).connect(context.destination)
  note.start(start)
  note.stop(start + 0.4)
  return note
}
