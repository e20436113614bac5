import { mount } from "svelte"
import App from "./App.svelte"
import "./app.css"
import { preferredLanguage, speak } from "./lib/text.svelte.ts"
import { refreshSession } from "./features/auth/session.svelte.ts"

// Both are on their way at once; nothing is drawn before its words are here.
const texts = speak(preferredLanguage())
void refreshSession()
await texts

mount(App, { target: document.body })
