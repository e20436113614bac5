import { build, transform } from "esbuild"
import { readFile } from "node:fs/promises"
import { minify } from "terser"

// Where constructable style sheets are: Safari 16.4, Chrome and Edge 99, Firefox 101.
const TARGET = ["safari16.4", "chrome99", "firefox101"]

/**
 * One entry point as the text of one minified script, with the texts of the extras or the part of their name that the window must know.
 * Scripts that are given the same `names` shorten them in the same way.
 */
export async function bundle(entry, format, keys, { extras = "", hash = "", names } = {}) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format,
    define: { __EXTRAS__: JSON.stringify(hash) },
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    write: false,
    plugins: [stylesAsText, replaced(/widget\/texts\.ts$/, keys), replaced(/widget\/extras-texts\.ts$/, extras)],
  })
  return squeeze(result.outputFiles[0].text, format === "esm", names)
}

/** A second minifier takes out another five percent, which is what the budget has room for. */
async function squeeze(script, module, names) {
  const compress = { passes: 5, unsafe: true, unsafe_arrows: true, pure_getters: true, keep_fargs: false }
  const properties = names ? { regex: new RegExp(`^(${names.own.join("|")})$`), cache: names.cache } : false
  const { code } = await minify(script, { module, ecma: 2022, compress, mangle: { toplevel: true, properties } })
  // Classes are strict anyway.
  return code.replace('"use strict";', "")
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

function replaced(filter, contents) {
  return { name: `replaced-${filter.source}`, setup: ({ onLoad }) => onLoad({ filter }, () => ({ contents })) }
}
