/** The types of docs/protocol.md. Will be generated from the server; the exported names stay. */

export interface ErrorBody { errors: { code: string; detail: string; field?: string }[] }

// Visitor: HTTP
export interface DecisionRequest { url: string; language: string }
export interface Decision {
  channel_id: number
  /** What the loader does now. */
  action: "show" | "show_with_notification" | "open_automatically" | "hide"
  /** Somebody can answer now. Otherwise the button says so and nothing can be started. */
  available: boolean
  /** Seconds until the window opens by itself (action open_automatically). */
  open_after?: number
  name: string
  /** Language of the widget's texts, one of those that are built: en, es… */
  language: string
  direction: "ltr" | "rtl"
  texts: { button: string; notification: string; welcome: string; placeholder: string }
  colors: { button: string; button_text: string; header: string; header_text: string }
  /** Absolute addresses of the window's script and of its texts, fetched when it first opens. */
  window: string
  language_file: string
}
export interface NewMessage { client_id: string; text: string }
export interface StartRequest {
  channel_id: number
  /** Client conversation id, a UUID made by the browser. */
  id: string
  message: NewMessage
  page_url?: string
  page_title?: string
  language?: string
  time_zone?: string
}
export interface Marks { delivered: number; read: number }
export interface VisitorConversation {
  id: string
  channel_id: number
  operator: { name: string } | null
  operator_present: boolean
  created_at: string
  ended_at: string | null
  last_seq: number
  /** How far the team has received and read. */
  marks: Marks
  /** How far this visitor has. */
  own_marks: Marks
}
export interface VisitorSnapshot { conversation: VisitorConversation; events: VisitorEvent[]; more: boolean }
export type VisitorEvent = { seq: number; at: string } & (
  | { kind: "conversation.opened"; operator: { name: string } | null }
  | { kind: "message.posted"; author: "visitor" | "operator" | "chatbot"; name?: string; client_id?: string; text: string }
  | { kind: "member.joined"; name: string }
  | { kind: "member.left"; name: string }
  | { kind: "conversation.ended"; by: "visitor" | "operator" }
)

// Visitor: socket
export type VisitorClientFrame =
  | { kind: "hello"; secret: string }
  | { kind: "subscribe"; conversation: string; after: number }
  | ({ kind: "send"; conversation: string } & NewMessage)
  | ({ kind: "mark"; conversation: string } & Marks)
  | { kind: "typing"; conversation: string }
  | { kind: "ping" }
export type VisitorServerFrame =
  | { kind: "ready" }
  | { kind: "subscribed"; conversation: string; last_seq: number; marks: Marks }
  | { kind: "event"; conversation: string; event: VisitorEvent }
  | { kind: "sent"; conversation: string; client_id: string; seq: number; at: string }
  | { kind: "refused"; conversation: string; client_id?: string; code: string; detail: string; retry_after?: number | null }
  | ({ kind: "marks"; conversation: string } & Marks)
  | { kind: "typing"; conversation: string; name: string }
  | { kind: "presence"; conversation: string; present: boolean }
  | { kind: "reload"; conversation: string }
  | { kind: "pong" }

// Operator: HTTP
export type PresenceChoice = "online" | "away" | "busy" | "offline"
export interface OperatorRef { id: number; name: string }
export interface Me {
  id: number
  name: string
  /** What visitors see. */
  chat_name: string
  email: string
  role: "operator" | "administrator"
  /** Language of the console. */
  language: string
  presence: PresenceChoice
  presence_choice: PresenceChoice
  /** Public address of this installation, without a slash at the end. */
  base_url: string
  /** The demonstration site, on another origin where there is one. */
  demo_url: string
  version: string
}
export interface SetupRequest { token: string; name: string; email: string; password: string; language?: string }
export interface SignInRequest { email: string; password: string; remember: boolean }
export interface ProfileRequest { name: string; chat_name: string; language: string }
export interface Channel {
  id: number
  name: string
  /** The caller is one of its operators. */
  joined: boolean
  operators: (OperatorRef & { presence: PresenceChoice })[]
  /** Open conversations. */
  ongoing: number
  /** All conversations. */
  conversations: number
  /** The line for the website's <head>. */
  embed_code: string
  direct_link: string
}
export interface VisitorProfile {
  /** "Visitor #12": what operators see where no name is known. */
  id: number
  name: string | null
  email: string | null
  language: string | null
  country: string | null
  time_zone: string | null
  present: boolean
}
export interface ConversationSummary {
  id: number
  channel_id: number
  channel_name: string
  visitor: VisitorProfile
  operator: OperatorRef | null
  status: "in_progress" | "waiting_for_customer" | "looking_for_help"
  created_at: string
  ended_at: string | null
  last_active_at: string
  last_seq: number
  last_message: { text: string; author: Author; at: string } | null
  /** Messages of others that the caller has not read; at most 100. */
  unread: number
  /** The caller takes part. */
  member: boolean
}
export interface OperatorSnapshot {
  conversation: ConversationSummary
  page_url: string | null
  page_title: string | null
  operators: OperatorRef[]
  /** How far the visitor has received and read, and how far the caller has. */
  visitor_marks: Marks
  own_marks: Marks
  /** Earlier conversations of the same visitor, newest first, at most 5. */
  recent: { id: number; created_at: string; ended_at: string | null; first_text: string }[]
  events: OperatorEvent[]
  more: boolean
}
export type Author = { kind: "visitor" } | ({ kind: "operator" } & OperatorRef)
/** Why an operator was chosen. */
export interface Explanation { rule: "least_busy"; candidates: number; ongoing: number }
export type OperatorEvent = { seq: number; visitor_seq: number | null; at: string } & (
  | { kind: "conversation.opened"; operator: OperatorRef | null; why: Explanation | null }
  | { kind: "message.posted"; author: Author; client_id: string; text: string }
  | { kind: "member.joined"; operator: OperatorRef }
  | { kind: "member.left"; operator: OperatorRef }
  | { kind: "conversation.ended"; by: Author }
)

// Operator: socket
export type OperatorClientFrame =
  | { kind: "follow"; conversation: number }
  | { kind: "unfollow"; conversation: number }
  | ({ kind: "send"; conversation: number } & NewMessage)
  | ({ kind: "mark"; conversation: number } & Marks)
  | { kind: "typing"; conversation: number }
  | { kind: "activity" }
  | { kind: "ping" }
export type OperatorServerFrame =
  | { kind: "heads"; conversations: { id: number; last_seq: number }[] }
  | { kind: "followed"; conversation: number; last_seq: number }
  | { kind: "event"; conversation: number; event: OperatorEvent }
  | { kind: "sent"; conversation: number; client_id: string; seq: number; at: string }
  | { kind: "refused"; conversation: number; client_id?: string; code: string; detail: string; retry_after?: number | null }
  | ({ kind: "marks"; conversation: number; by: "visitor" | "operator" } & Marks)
  | { kind: "typing"; conversation: number; by: Author }
  | { kind: "visitor_presence"; conversation: number; present: boolean }
  | { kind: "changed"; what: "channel" | "operator" | "conversation"; id: number }
  | { kind: "pong" }
