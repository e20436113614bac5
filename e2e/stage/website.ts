import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"

/** Somebody's website, on another origin than Frontdesk, with the policy that docs/embed.md asks for beside its own needs. */
export class Website {
  #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(frontdesk: string, language = "en"): Promise<Website> {
    const server = createServer((request, answer) => {
      const isStyle = request.url === "/style.css"
      const isPage = request.url === "/" || request.url === "/about"
      answer.writeHead(isStyle || isPage ? 200 : 404, {
        "Content-Type": isStyle ? "text/css" : "text/html; charset=utf-8",
        "Content-Security-Policy": policy(frontdesk),
      })
      answer.end(isStyle ? STYLE : isPage ? page(frontdesk, language) : "")
    }).listen(0, "localhost")
    await once(server, "listening")
    return new Website(server)
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, "close")
  }
}

function policy(frontdesk: string): string {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-src 'self'",
    "form-action 'none'",
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    `script-src ${frontdesk}`,
    `img-src data: ${frontdesk}`,
    `media-src ${frontdesk}`,
    `connect-src ${frontdesk} ${frontdesk.replace("http", "ws")}`,
  ].join("; ")
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px; font-family: system-ui; background: #fff; color: #1a2023; }
a { color: #006e77; }
@media (prefers-color-scheme: dark) {
  body { background: #14191a; color: #eaedee; }
  a { color: #75d7da; }
}`

function page(frontdesk: string, language: string): string {
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/style.css">
    <title>Alder Cycles</title>
    <script async src="${frontdesk}/embed/1.js"></script>
  </head>
  <body>
    <main>
      <h1>Alder Cycles</h1>
      <p>Bicycles for every day. <a href="/about">About us</a></p>
    </main>
  </body>
</html>`
}
