import type { Locator } from "playwright-core"

/** What was said with exactly this text. Its bubble also holds the author's name, for those who listen. */
export function said(messages: Locator, text: string): Locator {
  const literally = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  return messages.getByText(new RegExp(`(^|:\\s?)${literally}$`))
}
