import { expect, it } from "vitest"
import { oneAtATime } from "./one-at-a-time.ts"

it("starts once more for all that ask during a run, and is done when that is", async () => {
  const steps: string[] = []
  const finish: (() => void)[] = []
  const run = oneAtATime(async () => {
    steps.push("begin")
    await new Promise<void>((resolve) => finish.push(resolve))
    steps.push("end")
  })

  const first = run()
  const second = run()
  const third = run()
  expect(steps).toEqual(["begin"])
  finish[0]?.()
  await first
  await Promise.resolve()
  expect(steps).toEqual(["begin", "end", "begin"])
  finish[1]?.()
  await Promise.all([second, third])
  expect(steps).toEqual(["begin", "end", "begin", "end"])
})
