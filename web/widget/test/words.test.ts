import { expect, test } from "vitest"
import english from "../../../translations/en/widget.json"
import { key } from "../texts"
import { Words } from "../window/words"

const words = new Words(Object.values(english), "en")

test("placeholders are filled", () => {
  expect(words.say(key.typing, { name: "Maren {x}" })).toBe("Maren {x} is typing")
})

test("days near today have names", () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  expect([words.day(daysAgo(0)), words.day(daysAgo(1))]).toEqual(["Today", "Yesterday"])
  expect(words.day(new Date(2020, 1, 3))).toBe("February 3, 2020")
})
