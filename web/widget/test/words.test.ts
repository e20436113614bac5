import { expect, test } from "vitest"
import english from "../../../translations/en/widget.json"
import polish from "../../../translations/pl/widget.json"
import { key } from "../texts"
import { Words } from "../window/words"

const words = new Words(Object.values(english), "en")

test("placeholders are filled", () => {
  expect(words.say(key.typing, { name: "Maren {x}" })).toBe("Maren {x} is typing")
})

test("one and many have their own words, in every language", () => {
  const count = (it: Words, unread: number) => it.count(key.queued_one, key.queued_other, unread)
  const inPolish = new Words(Object.values(polish), "pl")
  expect([count(words, 1), count(words, 1200)]).toEqual(["1 message will be sent when you are back online.", "1,200 messages will be sent when you are back online."])
  expect([count(inPolish, 1), count(inPolish, 3)]).toEqual(["1 wiadomość zostanie wysłana po powrocie połączenia.", "Do wysłania po powrocie połączenia: 3."])
})

test("days near today have names", () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  expect([words.day(daysAgo(0)), words.day(daysAgo(1))]).toEqual(["Today", "Yesterday"])
  expect(words.day(new Date(2020, 1, 3))).toBe("February 3, 2020")
})
