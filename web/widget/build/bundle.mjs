import { build, transform } from "esbuild"
import { readFile } from "node:fs/promises"

// Where constructable style sheets are: Safari 16.4, Chrome and Edge 99, Firefox 101.
const TARGET = ["safari16.4", "chrome99", "firefox101"]

/** One entry point as the text of one minified script. */
export async function bundle(entry, format) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format,
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    write: false,
    plugins: [stylesAsText],
  })
  return result.outputFiles[0].text
}

/** `import styles from "./window.css"` is the minified text, for a constructable style sheet. */
const stylesAsText = {
  name: "styles-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: TARGET })
      return { contents: code.trim(), loader: "text" }
    })
  },
}
