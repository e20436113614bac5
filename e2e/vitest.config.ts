import { defineConfig } from "vitest/config"

// One story at a time: each starts a server, and two browsers on two cores would only slow each other down.
export default defineConfig({
  test: {
    include: ["stories/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As long as the browser waits for an element: on a busy machine a second is too short for a round trip.
    expect: { poll: { timeout: 8_000 } },
  },
})
