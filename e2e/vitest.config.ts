import { defineConfig } from "vitest/config"

// One story at a time: each starts a server, and two browsers on two cores would only slow each other down.
export default defineConfig({
  test: {
    include: ["stories/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
