import { findings } from "../stage/accessibility"
import { screenshot } from "../stage/screenshot"
import { expect, PHONE, story } from "../stage/story"

story("a page in Arabic has a widget in Arabic, from right to left", async ({ stage }) => {
  const maren = await stage.operator()
  const layla = await stage.visitor({ language: "ar" })
  await layla.arrives()
  expect(await layla.widget.getAttribute("lang")).toBe("ar")
  expect(await layla.widget.getAttribute("dir")).toBe("rtl")
  await screenshot(layla.page, "arabic-button")
  await layla.opensWidget()
  expect(await layla.field.evaluate((field) => getComputedStyle(field).direction)).toBe("rtl")
  await layla.writes("مرحباً، هل يمكنني تغيير عنوان التوصيل للطلب AC-20418؟")
  await maren.opens("مرحباً، هل يمكنني تغيير عنوان التوصيل للطلب AC-20418؟")
  await maren.types("…")
  await layla.window.getByText(layla.texts.typing.replace("{name}", "Maren Kaya")).waitFor()
  await screenshot(layla.page, "arabic-typing")
  await maren.answers("بالتأكيد. ما هو العنوان الجديد؟")
  await layla.sees("بالتأكيد. ما هو العنوان الجديد؟")
  await layla.writes("An address in English")
  await screenshot(layla.page, "arabic-conversation")
  expect(await findings(layla.page)).toEqual([])

  const page = await layla.page.evaluate(() => innerWidth)
  const [button, own, others] = await Promise.all(
    [layla.button, layla.said("An address in English"), layla.said("بالتأكيد. ما هو العنوان الجديد؟")].map((it) => it.boundingBox()),
  )
  expect(button!.x, "the button is at the left edge").toBeLessThan(page / 4)
  expect(own!.x, "own bubbles are left of the operator's").toBeLessThan(others!.x)
  const direction = await layla.said("An address in English").evaluate((bubble) => getComputedStyle(bubble).direction)
  expect(direction, "each message has its own direction").toBe("ltr")
})

story("an Arabic window fills a phone from right to left", async ({ stage }) => {
  await stage.operator()
  const layla = await stage.visitor({ ...PHONE, language: "ar" })
  await layla.arrives()
  await layla.opensWidget()
  await layla.writes("هل أنتم هنا؟")
  await screenshot(layla.page, "arabic-phone")
  const [back, close] = await Promise.all(
    [layla.texts.fold, layla.texts.end].map((name) => layla.window.getByRole("button", { name, exact: true }).boundingBox()),
  )
  expect(back!.x, "the way back is at the right").toBeGreaterThan(close!.x)
  expect(await layla.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})
