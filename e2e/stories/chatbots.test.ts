import { findings } from "../stage/accessibility"
import { ChatbotEditor, hasChatbot, picksAnswer, type Step } from "../stage/chatbots"
import { picture } from "../stage/pictures"
import { screenshot } from "../stage/screenshot"
import { expect, type Look, PHONE, story } from "../stage/story"

const LOOKS: [name: string, look: Look][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { ...PHONE, colorScheme: "light" }],
]

/** Greets, asks, and has nothing to say to those who pick "Something else". */
const SHOP: Step[] = [
  { id: 1, kind: "text", message: "Welcome to Alder Cycles" },
  {
    id: 2,
    kind: "question",
    message: "What are you looking for?",
    answers: [
      { id: 3, text: "Pricing" },
      { id: 4, text: "Something else" },
    ],
  },
  { id: 5, kind: "forward", only_if: [3] },
  { id: 6, kind: "email", message: "Where can we write to you?", only_if: [3] },
]

story("a script is written, and its dead end told and mended before anybody meets it (F2, F4, F5, F10)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const editor = new ChatbotEditor(maren)
  await page.goto(`${maren.url}/console/#/chatbots`)
  await page.getByRole("button", { name: texts["chatbot.new"], exact: true }).click()
  await page.getByLabel(texts["chatbot.name"]).fill("Shop assistant")
  await page.getByRole("button", { name: texts["chatbot.create"] }).click()

  await editor.adds()
  await editor.writes("Welcome!")
  await editor.presses("step.save_new")
  await editor.writes("What do you need?", "question")
  await editor.answers("Pricing", "Something else")
  // The flow follows what is written before it is saved.
  await editor.node("What do you need?").waitFor()
  await editor.presses("step.save_new")
  await editor.writes("From 900 euros.")
  await editor.dialog.getByRole("checkbox", { name: "What do you need?: Pricing" }).check()
  await editor.presses("step.save_close")

  await editor.told("finding.dead_end_text", { answer: "Pricing" }).waitFor({ state: "detached" })
  await page.getByRole("button", { name: texts["finding.show"] }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(texts["flow.dead_end_text"])
  await page.getByRole("button", { name: texts["finding.add_step"] }).click()
  expect(await editor.dialog.getByRole("checkbox", { name: "What do you need?: Something else" }).isChecked()).toBe(true)
  await editor.writes("Tell us more.", "email")
  await editor.presses("step.save_close")
  await editor.told("finding.dead_end_text", { answer: "Something else" }).waitFor({ state: "detached" })

  await editor.saves()
  await page.reload()
  await editor.step("Tell us more.").getByText(texts["step.only_if_list"].replace("{answers}", "Something else")).waitFor()
  await editor.told("chatbot.all_saved").waitFor()
})

story("a change that makes conditions impossible says so, and can be taken back (F5)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const editor = new ChatbotEditor(maren)
  await editor.opens(await hasChatbot(maren, "Shop assistant", SHOP))
  const undo = () => page.getByRole("button", { name: texts["notice.undo"] }).click()
  const condition = editor.step("Where can we write to you?").getByText(/Pricing/)
  await condition.waitFor()

  await editor.step("What are you looking for?").click()
  await editor.dialog.getByLabel(texts["step.kind"]).selectOption({ label: texts["step.kind_free_input"] })
  await editor.told("step.loses_answers").waitFor()
  await editor.presses("action.save")
  await condition.waitFor({ state: "detached" })
  await editor.told("step.conditions_dropped.other", { count: "2" }).waitFor()
  await undo()
  await condition.waitFor()

  // Down past both steps that depend on it.
  await editor.moves(2, "ArrowDown")
  await editor.told("step.moved", { place: "3" }).waitFor({ state: "attached" })
  await editor.told("step.conditions_dropped.one", { count: "1" }).waitFor()
  await undo()

  // What was written and then discarded comes back, too.
  await editor.step("Welcome to Alder Cycles").click()
  await editor.writes("Good morning!")
  await page.keyboard.press("Escape")
  await undo()
  await expect.poll(() => editor.dialog.getByLabel(texts["step.message"]).inputValue()).toBe("Good morning!")
  await editor.presses("action.discard")
})

story("the flow leads to its steps, by pointer and by keyboard (F10)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const editor = new ChatbotEditor(maren)
  await editor.opens(await hasChatbot(maren, "Shop assistant", SHOP))
  await editor.node("What are you looking for?").click()
  await expect.poll(() => editor.dialog.getByLabel(texts["step.message"]).inputValue()).toBe("What are you looking for?")
  await page.keyboard.press("Escape")
  await expect.poll(() => editor.step("What are you looking for?").getAttribute("aria-current")).toBe("true")
  await expect.poll(() => editor.node("What are you looking for?").getAttribute("aria-current")).toBe("true")
  // Who does not see the lines hears where they lead.
  expect(await editor.node("What are you looking for?").textContent()).toContain(`Something else: ${texts["flow.dead_end"]}`)

  await page.getByRole("region", { name: texts["flow.label"] }).press("-")
  await editor.column("flow").getByText("80 %").waitFor()
  await editor.node("Welcome to Alder Cycles").press("Enter")
  await editor.dialog.waitFor()
})

story("chatbots are copied, archived and deleted (F14)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const list = page.getByRole("list", { name: texts["nav.chatbots"] })
  const welcome = list.getByRole("link", { name: "Welcome Bot", exact: true })
  const chooses = async (key: "chatbot.duplicate" | "channel.archive" | "chatbot.delete") => {
    await page.goto(`${maren.url}/console/#/chatbots`)
    await list.getByRole("button", { name: texts["chatbot.more"].replace("{name}", "Welcome Bot"), exact: true }).click()
    await page.getByRole("menuitem", { name: texts[key] }).click()
  }
  await chooses("chatbot.duplicate")
  await page.waitForURL(/#\/chatbots\/\d+$/)
  await chooses("channel.archive")
  await welcome.waitFor({ state: "detached" })
  await page.getByRole("button", { name: texts["channel.show_archived"] }).click()
  await welcome.waitFor()
  await list.getByRole("button", { name: texts["chatbot.more"].replace("{name}", "Welcome Bot"), exact: true }).click()
  await page.getByRole("menuitem", { name: texts["chatbot.delete"] }).click()
  await page.getByRole("dialog").getByRole("button", { name: texts["chatbot.delete"] }).click()
  await welcome.waitFor({ state: "detached" })
})

story("a rule names a chatbot, and the trial tells when it counts (A10)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await page.goto(`${maren.url}/console/#/channels/1/rules`)
  await page.getByRole("button", { name: texts["rule.add"] }).click()
  const dialog = page.getByRole("dialog")
  expect(await dialog.getByLabel(texts["rule.condition"]).count(), "no condition without a chatbot").toBe(0)
  await dialog.getByLabel(texts["rule.chatbot"]).selectOption({ label: "Welcome Bot" })
  await dialog.getByLabel(texts["rule.condition"]).selectOption({ label: texts["rule.only_if_no_operator"] })
  await screenshot(page, "rule-chatbot")
  await dialog.getByRole("button", { name: texts["channel.save"] }).click()
  await page.getByRole("cell", { name: `Welcome Bot ${texts["rule.only_if_no_operator"]}` }).waitFor()

  await page.getByText(texts["rule.no_winner"]).waitFor()
  await page.getByRole("radiogroup", { name: texts["rule.operators_available"] }).getByText(texts["rule.no"]).click()
  await page.getByText(texts["rule.chatbot_begins"]).waitFor()
  await screenshot(page, "rules-chatbot")

  await page.getByRole("link", { name: `1 ${texts["channel.chatbots_count.one"]}` }).click()
  await page.getByRole("list", { name: texts["nav.chatbots"] }).getByText(texts["chatbot.used_in"].replace("{channels}", "YourWebsite.com")).waitFor()
})

story("a chatbot is taken along as a file, and what is wrong with one is told with its line (F14)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  await hasChatbot(maren, "Shop assistant", SHOP)
  await page.goto(`${maren.url}/console/#/chatbots`)
  await page.getByRole("button", { name: texts["chatbot.more"].replace("{name}", "Shop assistant"), exact: true }).click()
  const download = page.waitForEvent("download")
  await page.getByRole("menuitem", { name: texts["chatbot.export"] }).click()
  const saved = await (await download).createReadStream()
  const content = Buffer.concat(await saved.toArray()).toString()

  const imports = async (text: string) => {
    const file = { name: "shop-assistant.toml", mimeType: "application/toml", buffer: Buffer.from(text) }
    await page.locator("input[type=file]").setInputFiles(file)
  }
  const line = content.split("\n").findIndex((it) => it.includes('"question"')) + 1
  maren.watch.allow(/422.*import/)
  await imports(content.replace('"question"', '"riddle"'))
  await page.getByRole("dialog").getByText(`line ${line}`).waitFor()
  await screenshot(page, "chatbot-import-refused")
  await page.keyboard.press("Escape")
  await imports(content)
  await page.getByText(texts["chatbot.imported"].replace("{name}", "Shop assistant")).waitFor()
  await new ChatbotEditor(maren).step("What are you looking for?").waitFor()
})

story("an operator whom a chatbot brings in reads all that was said, and what was answered (F7, F11)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const chatbot = await hasChatbot(maren, "Shop assistant", SHOP)
  await maren.asks("POST", "/channels/1/rules", { action: "show", open_after: 0, url_regex: "", countries: [], chatbot, chatbot_condition: "always" })
  await picksAnswer(maren.url, { chatbot, version: 2, step: 2, answer: 3, text: "Pricing" })

  await maren.opens("Pricing")
  await maren.sees("What are you looking for?")
  await page.getByText(texts["event.opened_chatbot"].replace("{name}", "Shop assistant")).waitFor()
  await page.getByText(texts["event.joined_forwarded"].replace("{name}", "Maren Kaya").replace("{chatbot}", "Shop assistant")).waitFor()
  const panel = page.getByRole("complementary", { name: texts["panel.label"] })
  await panel.getByRole("definition").filter({ hasText: "Pricing" }).waitFor()
  await screenshot(page, "conversation-chatbot")
  expect(await findings(page)).toEqual([])

  const editor = new ChatbotEditor(maren)
  await editor.opens(chatbot)
  await editor.step("What are you looking for?").getByText(texts["step.figure_answered"].replace("{count}", "1")).waitFor()
})

story("a test runs the script as it stands, and the flow shows its way (F9)", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const editor = new ChatbotEditor(maren)
  await editor.opens(await hasChatbot(maren, "Shop assistant", SHOP))
  const test = page.getByRole("region", { name: texts["chatbot.part_test"], exact: true })
  const answer = (text: string) => test.getByRole("button", { name: text, exact: true })
  await answer("Pricing").click()
  await test.getByRole("textbox").fill("hannah@lindqvist")
  await test.getByRole("textbox").press("Enter")
  await test.getByText("hannah@lindqvist").nth(1).waitFor()
  await editor.column("flow").getByText(texts["flow.test_is_here"]).waitFor()
  await screenshot(page, "chatbot-test")
  expect(await findings(page)).toEqual([])
  await test.getByRole("textbox").fill("hannah@lindqvist.se")
  await test.getByRole("textbox").press("Enter")
  await test.getByText(texts["test.ended"]).waitFor()

  await test.getByRole("switch").check()
  await answer("Pricing").click()
  await test.getByText(texts["test.operator_joined"]).waitFor()
  await page.getByRole("button", { name: texts["chatbot.part_test"], exact: true }).click()
  await answer("Something else").click()
  await test.getByText(texts["test.ended"]).waitFor()
  // What is only being written is tested, too.
  await editor.step("Welcome to Alder Cycles").click()
  await editor.writes("Good morning!")
  await test.getByText("Good morning!").waitFor()
})

story("a script of 200 steps is edited without lag", async ({ stage }) => {
  const maren = await stage.operator()
  const { page, texts } = maren
  const editor = new ChatbotEditor(maren)
  const question = (id: number): Step => ({ id, kind: "question", message: `Question ${id}`, answers: [{ id: id + 1, text: `Answer ${id}` }] })
  const steps = Array.from({ length: 100 }, (_, at): Step[] => [question(at * 3 + 1), { id: at * 3 + 3, kind: "text", message: `Text ${at}`, only_if: [at * 3 + 2] }]).flat()
  await editor.opens(await hasChatbot(maren, "Long one", steps))
  await editor.node("Text 99").waitFor()
  await editor.step("Question 1").first().click()
  const field = editor.dialog.getByLabel(texts["step.message"])
  await field.evaluate((element) => {
    const spans: number[] = []
    Object.assign(window, { spans })
    element.addEventListener("keydown", () => {
      const from = performance.now()
      requestAnimationFrame(() => setTimeout(() => spans.push(performance.now() - from)))
    })
  })
  await field.pressSequentially("How many bicycles do you have?", { delay: 60 })
  const spans = await page.evaluate(() => (window as unknown as { spans: number[] }).spans)
  const sorted = spans.toSorted((one, other) => one - other)
  console.log(`200 steps: from a key to the paint ${sorted[15]?.toFixed(1)} ms in the middle, ${sorted.at(-1)?.toFixed(1)} ms at most`)
  await screenshot(page, "chatbot-200-steps")
})

for (const [name, look] of LOOKS) {
  story(`axe finds nothing on chatbots: ${name}`, async ({ stage }) => {
    const maren = await stage.operator(look)
    const { page, texts } = maren
    const editor = new ChatbotEditor(maren)
    const chatbot = await hasChatbot(maren, "Shop assistant", SHOP)
    const headers = { Origin: maren.url, "Content-Type": "application/octet-stream" }
    await page.request.put(`${maren.url}/api/v1/operator/chatbots/${chatbot}/avatar`, { headers, data: picture(64, 64) })
    await page.goto(`${maren.url}/console/#/chatbots`)
    await page.getByText("Shop assistant").waitFor()
    expect(await findings(page), "list").toEqual([])
    await screenshot(page, `chatbots-${name}`)
    await editor.opens(chatbot)
    await editor.told("finding.dead_end_text", { answer: "Something else" }).waitFor()
    expect(await findings(page), "editor").toEqual([])
    await screenshot(page, `chatbot-${name}`)
    await editor.step("What are you looking for?").click()
    expect(await findings(page), "step").toEqual([])
    await screenshot(page, `chatbot-step-${name}`)
    await page.keyboard.press("Escape")
    if (look.isMobile) await page.getByRole("radiogroup", { name: texts["chatbot.parts"] }).getByText(texts["chatbot.part_flow"]).click()
    await editor.node("What are you looking for?").waitFor()
    expect(await findings(page), "flow").toEqual([])
    await screenshot(page, `chatbot-flow-${name}`)
    if (!look.isMobile) return
    await page.getByRole("button", { name: texts["chatbot.part_test"], exact: true }).click()
    await page.getByRole("button", { name: "Pricing", exact: true }).waitFor()
    expect(await findings(page), "test").toEqual([])
    await screenshot(page, `chatbot-test-${name}`)
    await page.getByRole("button", { name: texts["test.back"] }).click()
  })
}
