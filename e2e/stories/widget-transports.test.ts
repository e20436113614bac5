import { told } from "../stage/told"
import { expect, story } from "../stage/story"
import { LINE_FAULTS, wiredStory } from "../stage/wire"
import type { Visitor } from "../stage/visitor"

type Blocked = "nothing" | "the WebSocket" | "the WebSocket and streams" | "the WebSocket, and streams are kept back"

const WAYS: [blocked: Blocked, way: RegExp][] = [
  ["nothing", /\/visitor\/socket$/],
  ["the WebSocket", /\/stream\?/],
  ["the WebSocket and streams", /\/poll\?/],
  ["the WebSocket, and streams are kept back", /\/poll\?/],
]

async function block(visitor: Visitor, blocked: Blocked): Promise<void> {
  if (blocked === "nothing") return
  const context = visitor.page.context()
  await context.routeWebSocket(/\/visitor\/socket$/, (socket) => socket.close({ code: 1011 }))
  if (blocked === "the WebSocket and streams") await context.route(/\/stream\?/, (route) => route.abort())
  // As a proxy does which waits for the end of an answer before it passes it on.
  if (blocked.endsWith("kept back")) await context.route(/\/stream\?/, () => {})
}

/** Addresses of sockets and requests, in the order of their opening. */
function waysOf({ page }: Visitor): string[] {
  const ways: string[] = []
  page.on("websocket", (socket) => ways.push(socket.url()))
  page.on("request", (request) => ways.push(request.url()))
  return ways
}

for (const [blocked, way] of WAYS) {
  wiredStory(`visitor and operator talk where the network blocks ${blocked}`, { timeout: 90_000 }, async ({ stage, wire }) => {
    const maren = await stage.operator()
    const hannah = await stage.visitor({ server: wire.url })
    hannah.watch.allow(...LINE_FAULTS, /net::ERR_FAILED/)
    await block(hannah, blocked)
    const ways = waysOf(hannah)
    await hannah.arrives()
    await hannah.opensWidget()
    await hannah.writes("Does this get through?")
    await maren.opens("Does this get through?")
    await maren.answers("It does.")
    await expect.poll(() => ways.some((address) => way.test(address)), { timeout: 30_000 }).toBe(true)
    await hannah.said("It does.").waitFor({ timeout: 30_000 })
    await hannah.writes("And back?")
    await maren.sees("And back?")
    await hannah.window.getByText(hannah.texts.read).last().waitFor({ timeout: 30_000 })

    wire.cut()
    await hannah.writes("Written without a line")
    await maren.answers("Answered meanwhile")
    wire.mend()
    await maren.said("Written without a line").waitFor({ timeout: 30_000 })
    await hannah.said("Answered meanwhile").waitFor({ timeout: 30_000 })
    await hannah.page.reload()
    await hannah.sees("Answered meanwhile")
    for (const person of [maren, hannah]) {
      const texts = ["Does this get through?", "And back?", "Written without a line"]
      await expect.poll(() => told(person, texts)).toEqual(texts)
      expect(await told(person, ["Answered meanwhile"])).toHaveLength(1)
    }
  })
}

story("who types is not told where the WebSocket is blocked, and nothing else is missing", async ({ stage }) => {
  const maren = await stage.operator()
  const hannah = await stage.visitor()
  await block(hannah, "the WebSocket")
  await hannah.arrives()
  await hannah.opensWidget()
  await hannah.writes("Do you see me typing?")
  await maren.opens("Do you see me typing?")
  await maren.types("I am typing")
  await hannah.window.getByText(hannah.texts.typing.replace("{name}", "Maren Kaya")).waitFor()
  await maren.page.getByRole("button", { name: maren.texts["conversation.end"] }).first().click()
  await maren.page.getByRole("dialog").getByRole("button", { name: maren.texts["conversation.end"] }).click()
  await hannah.window.getByText(hannah.texts["extras.ended"]).waitFor()
})
