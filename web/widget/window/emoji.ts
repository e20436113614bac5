import { element } from "../dom/element"

const EMOJI = "😀 😄 😂 🙂 😉 😊 😍 😎 🤔 😐 😕 😢 😡 😮 🙈 👍 👎 👌 🙏 👏 💪 👋 🤝 ✌️ ❤️ 🎉 🔥 ⭐ ✅ ❌ ❓ ❗ 📷 📎 📦 🚚 💳 🛒 🔧 ⏰".split(" ")
const COLUMNS = 8
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }

/** Opens a small choice of emoji above the field, or closes it where it is open. */
export function pickEmoji(button: HTMLButtonElement, field: HTMLTextAreaElement): void {
  const bottom = button.closest(".bottom")!
  const open = bottom.querySelector(".emoji")
  const close = (picker: Element) => {
    picker.remove()
    button.ariaExpanded = "false"
    field.focus()
  }
  if (open) return close(open)
  const picker = newPicker(button.title, (emoji) => insert(emoji, field), close)
  bottom.append(picker)
  button.ariaExpanded = "true"
  picker.querySelector("button")!.focus()
}

function insert(emoji: string, field: HTMLTextAreaElement): void {
  field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end")
  field.dispatchEvent(new Event("input"))
}

/** One stop for Tab, arrow keys inside, Escape gives the focus back. */
function newPicker(ariaLabel: string, pick: (emoji: string) => void, close: (picker: Element) => void): HTMLElement {
  const picker = element("div", { className: "emoji", role: "group", ariaLabel })
  const picked = (emoji: string) => {
    pick(emoji)
    close(picker)
  }
  const choices = EMOJI.map((emoji, index) => element("button", { tabIndex: index ? -1 : 0, onclick: () => picked(emoji) }, emoji))
  picker.append(...choices)
  picker.onkeydown = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation()
      return close(picker)
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
