/** A name whose cell failed, or was stopped, before its value came: the next cell that asks it is told. */
import { expect } from 'vitest'
import { test } from '../kernel-fixture.ts'

const tracebackOf = ({ content }: { content: object }) =>
  (content as { traceback?: string[] }).traceback?.join('\n') ?? 'no error'

const REFUSED = 'const client = await socket.createConnection(["127.0.0.1", 9], { timeout: 5 })'

test('the cell that did not get so far is named', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const said = async (code: string) => tracebackOf((await kernel.execute(code)).reply)
  expect(await said(REFUSED)).toContain('Connection refused')
  for (const code of [
    'client.close()',
    'await client.sendall(bytes`hi`)',
    'function hangUp() {\n  client.close()\n}\nhangUp()',
  ])
    expect(await said(code)).toContain('→ `client` has no value: cell [1] has not come to')

  // As a cell may say undefined itself, or a function be given it.
  expect(await said('let late: any\nlate.close()')).not.toContain('→')
  expect(await said('const held: any = { client }\nheld.client.close()')).not.toContain('→')
  const untyped = [
    'function hangUp(client: any) {\n  client.close()\n}\nhangUp(undefined)',
    '[undefined].map((client: any) => client.close())',
    'for (const client of [undefined] as any[]) client.close()',
  ]
  for (const code of untyped) expect(await said(code), code).not.toContain('→')

  expect(await said('const client = socket.socket()')).toBe('no error')
  expect(await said('client.close()')).toBe('no error')
})

test('a cell that is stopped by ■ too', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const waits = kernel.execute(
    'const server = socket.createServer(["127.0.0.1", 0])\nlab.interrupt({ after: 0 })\nconst [conn, address] = await server.accept()',
  )
  expect((await waits).reply.content).toMatchObject({ ename: 'KeyboardInterrupt' })
  const { reply } = await kernel.execute('conn.close()')
  expect(tracebackOf(reply)).toContain('→ `conn` has no value: cell [1] has not come to')
  expect((await kernel.execute('server.close()')).reply.content.status).toBe('ok')
})
