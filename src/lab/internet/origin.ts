/** The web servers of the simulated internet: real HTTP/1.1 by Node's own server, over a real loopback connection. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { pageOf } from './pages.ts'

/** Not an import: loading node:http takes milliseconds of every program's start, and few ask the simulated web. */
const { getBuiltinModule } = process

/**
 * An HTTP server to which connections are handed one by one (`emit('connection', socket)`).
 *
 * @param host whose pages it has, whatever the request's Host field says
 */
export function origin(host: string): Server {
  const { createServer } = getBuiltinModule('node:http')
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => answer(host, request, response))
  // What cannot be read as HTTP is answered in HTTP, and ends the conversation, as web servers do.
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  return server
}

function answer(host: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume() // a body that was sent along is not looked at
  if (!['GET', 'HEAD'].includes(request.method ?? '')) {
    response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Length': 0 }).end()
    return
  }
  const page = pageOf(host, (request.url ?? '/').replace(/[?#].*$/s, ''))
  // In the order in which a reader of the first hundred bytes wants to see them; Node adds Date and Connection.
  const fields: [string, string][] = [
    ['Content-Type', page.type],
    ['Server', 'socketlab'],
  ]
  if (page.location) fields.push(['Location', page.location])
  if (page.ends === 'length' && page.status !== 204) {
    fields.push(['Content-Length', String(Buffer.byteLength(page.body.join('')))])
  }
  if (page.ends === 'close') {
    response.useChunkedEncodingByDefault = false
    response.shouldKeepAlive = false
  }
  response.writeHead(page.status, fields.flat())
  for (const part of page.body.slice(0, -1)) response.write(part)
  response.end(page.body.at(-1))
}
