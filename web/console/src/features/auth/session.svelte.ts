/** Who is signed in here. Everything else of the console lives only while somebody is. */
import type { AcceptRequest, Me, PresenceChoice, ProfileRequest, SetupRequest, SignInRequest } from "@frontdesk/protocol"
import { api, onSignedOut } from "../../lib/api.ts"
import { isLanguage, speak } from "../../lib/text.svelte.ts"

type Session =
  | { kind: "unknown" }
  | { kind: "unreachable" }
  /** `expired`: it was not the person who ended the session. */
  | { kind: "signed-out"; expired: boolean }
  | { kind: "signed-in"; me: Me }

const current = $state<{ session: Session }>({ session: { kind: "unknown" } })

onSignedOut(leave)

export function session(): Session {
  return current.session
}

/** Asks the server who we are: at the start, when something about us changed, and when the socket was refused. */
export async function refreshSession(): Promise<void> {
  try {
    const me = await api.get<Me | undefined>("/session")
    if (me) await enter(me)
    else leave()
  } catch {
    if (current.session.kind !== "signed-in") current.session = { kind: "unreachable" }
  }
}

export async function setUp(request: SetupRequest): Promise<void> {
  await enter(await api.post<Me>("/setup", request))
}

export async function acceptInvitation(request: AcceptRequest): Promise<void> {
  await enter(await api.post<Me>("/invitation", request))
}

export async function signIn(request: SignInRequest): Promise<void> {
  await enter(await api.post<Me>("/session", request))
}

export async function signOut(): Promise<void> {
  await api.delete("/session")
  current.session = { kind: "signed-out", expired: false }
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

/** Several requests may learn it at once: only the first ends a session. */
function leave(): void {
  if (current.session.kind === "signed-out") return
  current.session = { kind: "signed-out", expired: current.session.kind === "signed-in" }
}

async function enter(me: Me): Promise<void> {
  // Texts that cannot be fetched now stay in the language shown; the session counts more.
  if (isLanguage(me.language)) await speak(me.language).catch(() => undefined)
  current.session = { kind: "signed-in", me }
}
