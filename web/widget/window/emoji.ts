import { element } from "../dom/element"

const EMOJI = "😀 😄 😂 🙂 😉 😊 😍 😎 🤔 😐 😕 😢 😡 😮 🙈 👍 👎 👌 🙏 👏 💪 👋 🤝 ✌️ ❤️ 🎉 🔥 ⭐ ✅ ❌ ❓ ❗ 📷 📎 📦 🚚 💳 🛒 🔧 ⏰".split(" ")
const COLUMNS = 8
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }

/** A small choice of emoji: one stop for Tab, arrow keys inside, Escape gives the focus back. */
export function emojiPicker(label: string, pick: (emoji: string) => void, close: () => void): HTMLElement {
  const choices = EMOJI.map((emoji, index) => element("button", { tabIndex: index ? -1 : 0, onclick: () => pick(emoji) }, emoji))
  const picker = element("div", { className: "emoji", role: "group", ariaLabel: label }, ...choices)
  picker.onkeydown = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation()
      return close()
    }
    const isMirrored = getComputedStyle(picker).direction === "rtl" && event.key.match(/Left|Right/)
    const step = (STEPS[event.key] ?? 0) * (isMirrored ? -1 : 1)
    if (!step) return
    event.preventDefault()
    const from = choices.indexOf(event.target as HTMLButtonElement)
    choices[from + step]?.focus()
  }
  return picker
}
