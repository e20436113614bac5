import { svelte } from "@sveltejs/vite-plugin-svelte"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import { budget } from "./build/budget.ts"
import { translations } from "./build/translations.ts"

/** What a browser may download, gzipped, before the console shows its first page. */
const FIRST_LOAD_BYTES = 120 * 1024

const translationsFolder = fileURLToPath(new URL("../../translations", import.meta.url))

export default defineConfig(({ mode }) => ({
  base: "/console/",
  plugins: [svelte(), translations(translationsFolder), mode === "production" && budget(FIRST_LOAD_BYTES)],
  resolve: {
    alias: { $translations: translationsFolder },
    // Tests run the reactive code as a browser does, not as Svelte renders on a server.
    conditions: process.env.VITEST ? ["browser"] : undefined,
  },
  // A module preload helper would be an inline script in some browsers' eyes; one bundle does not need it.
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  test: { environment: "node", include: ["src/**/*.test.ts", "build/**/*.test.ts"] },
}))
