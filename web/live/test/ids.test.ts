import { expect, test, vi } from "vitest"
import { randomSecret, uuidv7 } from "../src/ids"

test("ids are UUIDs of version 7 that sort in the order of making, whatever the clock does", () => {
  const clock = vi.spyOn(Date, "now")
  const ids = [5_000, 5_000, 4_000, 6_000].map((offset) => {
    clock.mockReturnValueOnce(1_800_000_000_000 + offset)
    return uuidv7()
  })
  expect([...ids].sort()).toEqual(ids)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test("a secret is 43 characters of base64url, and never the same", () => {
  const secrets = Array.from({ length: 50 }, randomSecret)
  for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(new Set(secrets).size).toBe(50)
})
