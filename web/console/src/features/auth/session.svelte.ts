/** Who is signed in here. Everything else of the console lives only while somebody is. */
import type { AcceptRequest, Me, PresenceChoice, ProfileRequest, SetupRequest, SignInRequest } from "@frontdesk/protocol"
import { api, whenSignedOut } from "../../lib/api.ts"
import { liveIn } from "../../lib/calendar.svelte.ts"
import { isLanguage, speak } from "../../lib/text.svelte.ts"

type Session =
  | { kind: "unknown" }
  | { kind: "unreachable" }
  | { kind: "signed-out" }
  /** `expired`: the session has ended, and not by the person, whose page waits for the next one. */
  | { kind: "signed-in"; me: Me; expired: boolean }

const current = $state<{ session: Session }>({ session: { kind: "unknown" } })
/** Tells the other tabs of this browser what was done in one of them: they share the session. */
const tabs = new BroadcastChannel("frontdesk.console.session")
let waiting: ((isBack: boolean) => void)[] = []

tabs.onmessage = ({ data }: MessageEvent<"signed-in" | "signed-out">) => {
  if (data === "signed-out") leave()
  else void refreshSession()
}

whenSignedOut(async () => {
  expire()
  if (current.session.kind !== "signed-in") return false
  return new Promise((decide) => waiting.push(decide))
})

export function session(): Session {
  return current.session
}

/** Somebody is, with a session that holds. */
export function isSignedIn(): boolean {
  return current.session.kind === "signed-in" && !current.session.expired
}

/** Asks the server who we are: at the start, when something about us changed, and when the socket was refused. */
export async function refreshSession(): Promise<void> {
  try {
    const me = await api.get<Me | undefined>("/session")
    if (me) await enter(me)
    else expire()
  } catch {
    if (current.session.kind !== "signed-in") current.session = { kind: "unreachable" }
  }
}

export async function setUp(request: SetupRequest): Promise<void> {
  await comeIn(() => api.post<Me>("/setup", request))
}

export async function acceptInvitation(request: AcceptRequest): Promise<void> {
  await comeIn(() => api.post<Me>("/invitation", request))
}

export async function signIn(request: SignInRequest): Promise<void> {
  await comeIn(() => api.post<Me>("/session", request))
}

export async function signOut(): Promise<void> {
  await api.delete("/session")
  leave()
  tabs.postMessage("signed-out")
}

/** Gives up the page that waits for the person whose session has ended. */
export function leave(): void {
  current.session = { kind: "signed-out" }
  goOn(false)
}

export async function saveProfile(profile: ProfileRequest): Promise<void> {
  await enter(await api.put<Me>("/profile", profile))
}

/** Changes some of the profile; the rest stays. */
export async function changeProfile(changes: Partial<ProfileRequest>): Promise<void> {
  if (current.session.kind !== "signed-in") return
  const { name, chat_name, language } = current.session.me
  await saveProfile({ name, chat_name, language, ...changes })
}

/** We are not what we were. */
export function changed(me: Me): Promise<void> {
  return enter(me)
}

export async function choosePresence(choice: PresenceChoice): Promise<void> {
  await enter(await api.put<Me>("/presence", { choice }))
}

async function comeIn(request: () => Promise<Me>): Promise<void> {
  await enter(await request())
  tabs.postMessage("signed-in")
}

function expire(): void {
  const { session } = current
  if (session.kind === "signed-in") current.session = { ...session, expired: true }
  else current.session = { kind: "signed-out" }
}

/** What was asked for before the session ended is asked for again, but never in another person's name. */
function goOn(isBack: boolean): void {
  const decisions = waiting
  waiting = []
  decisions.forEach((decide) => decide(isBack))
}

async function enter(me: Me): Promise<void> {
  // Texts that cannot be fetched now stay in the language shown; the session counts more.
  if (isLanguage(me.language)) await speak(me.language).catch(() => undefined)
  liveIn(me.time_zone)
  const before = current.session
  current.session = { kind: "signed-in", me, expired: false }
  goOn(before.kind === "signed-in" && before.me.id === me.id)
}
