import { element } from "../dom/element"
import { text } from "../extras-texts"
import { key } from "../texts"
import { MOST_CHARACTERS } from "./limits"
import type { Scene } from "./scene"

/** Nobody is there: a message with an address to answer to. It goes the way of all messages, through the outbox. */
export function leaving({ words, conversation, refused }: Scene): HTMLElement {
  const email = element("input", { type: "email", autocomplete: "email", maxLength: 254, dir: "ltr", value: conversation.kept("email") })
  const message = element("textarea", { rows: 3, value: conversation.kept("draft"), dir: "auto" })
  const error = element("p", { role: "alert" })
  email.oninput = () => conversation.keep("email", email.value)
  message.oninput = () => conversation.keep("draft", message.value)

  /** Says what is missing, at the field where it is. */
  const complain = (field: HTMLElement, complaint: string) => {
    error.textContent = complaint
    field.ariaInvalid = "true"
    field.focus()
  }
  const send = () => {
    const [address, written] = [email.value.trim(), message.value.trim()]
    email.ariaInvalid = message.ariaInvalid = null
    if (!address || !email.validity.valid) return complain(email, text.email_invalid)
    if (!written) return complain(message, text.message_missing)
    if ([...written].length > MOST_CHARACTERS) return complain(message, words.say(text.too_long, { most: MOST_CHARACTERS, count: [...written].length }))
    conversation.write(written, { email: address })
    conversation.keep("draft", "")
  }
  const onsubmit = (event: Event) => {
    event.preventDefault()
    send()
  }
  if (refused === "email_invalid") queueMicrotask(() => complain(email, text.email_invalid))
  return element(
    "form",
    { className: "leaving", noValidate: true, onsubmit },
    element("strong", {}, text.leave_title),
    element("p", {}, `${words.say(key.away)}. ${text.leave_text}`),
    element("label", {}, text.email, email),
    element("label", {}, words.say(key.message), message),
    element("p", { className: "small" }, text.email_hint),
    error,
    element("button", { className: "primary leave" }, text.leave_send),
  )
}
