import { gzipSync } from "node:zlib"
import type { Plugin, Rolldown } from "vite"

/**
 * Prints what the first page costs to download and fails the build above the limit.
 * Counted are index.html, the entry with everything it imports statically, the styles of those chunks, and the texts
 * of one language.
 */
export function budget(limit: number): Plugin {
  return {
    name: "frontdesk-budget",
    apply: "build",
    writeBundle(_, bundle) {
      const bytes = firstLoad(bundle).reduce((sum, file) => sum + gzippedSize(bundle[file]), 0)
      const report = `first load ${kilobytes(bytes)} gzipped, at most ${kilobytes(limit)}`
      if (bytes > limit) this.error(report)
      console.log(report)
    },
  }
}

function firstLoad(bundle: Rolldown.OutputBundle): string[] {
  const files = new Set<string>(["index.html"])
  const visit = (file: string) => {
    const chunk = bundle[file]
    if (files.has(file) || chunk?.type !== "chunk") return
    files.add(file)
    chunk.viteMetadata?.importedCss.forEach((style) => files.add(style))
    chunk.imports.forEach(visit)
  }
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === "chunk" && (chunk.isEntry || isFirstTexts(chunk.facadeModuleId))) visit(chunk.fileName)
  }
  return [...files]
}

/** The texts of a language, without those that are fetched with the pages of one feature. */
function isFirstTexts(path: string | null): boolean {
  return ["console", "errors"].some((name) => path?.endsWith(`/translations/en/${name}.json`))
}

function gzippedSize(file: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): number {
  if (!file) return 0
  return gzipSync(file.type === "chunk" ? file.code : file.source).length
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`
}
