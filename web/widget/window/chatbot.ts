/** What a chatbot says and waits for, as the server tells it (docs/protocol.md). */

export interface ChatbotState {
  name: string
  avatar: string | null
  step: number | null
  awaits: "answer" | "email" | "phone" | "text" | "texts" | "nothing"
  restartable: boolean
}

export interface Answer {
  id: number
  text: string
  /** Where the page goes once the answer has arrived; empty: nowhere. */
  link: string
}

/** An answer of a step that the visitor picked. */
export interface Picked {
  step: number
  answer: number
}

export interface Greeting {
  chatbot: { name: string; avatar: string | null }
  messages: { step: number; text: string; delay: number; answers?: Answer[] }[]
  awaits: ChatbotState["awaits"]
}
