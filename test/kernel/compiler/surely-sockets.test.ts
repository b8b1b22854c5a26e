/** Sockets whose type is `any`: what is said of them stands in mistakes-nearly.ts; this is what is not said. */
import { expect } from 'vitest'
import { test } from './notebook-fixture.ts'

test('what is meant is not reported of sockets whose type is any either', async ({ built }) => {
  const code = [
    'const sel = new selectors.DefaultSelector()',
    'for (const [key] of await sel.select(0)) {',
    '  const asked = key.fileobj.recv(1)',
    '  void key.fileobj.send(await asked)',
    '  const got = await key.fileobj.recv(1)',
    '  if (!got || got.length === 0) break',
    '  const socketOrFile = { recv: () => 1, fileobj: key.data }',
    '  if (socketOrFile.recv() || socketOrFile.fileobj.recv()) socketOrFile.recv()',
    '}',
    'class Quiet extends socketserver.StreamRequestHandler {',
    '  override async handle() {',
    '    await this.wfile.write(await this.request.recv(1))',
    '    const request = { recv: () => 1 }',
    '    if (request.recv()) request.recv()',
    '  }',
    '}',
    'function relay(channel: any) {',
    '  const got = channel.recv()',
    '  if (!got) return',
    '  channel.send(got)',
    '  channel.close',
    '}',
    'async function first(conn: any) {',
    '  const pending = conn.recv(1024)',
    '  const got = await pending',
    '  if (got.length > 0) await conn.sendall(got)',
    '  return conn.recv(1024)',
    '}',
  ]
  expect(await built.convert(code.join('\n'))).toMatchObject({ ok: true })
})
