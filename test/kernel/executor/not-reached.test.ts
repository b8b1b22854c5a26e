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
  expect(await said('let late: any\nlate.close()')).not.toContain('has no value')
  expect(await said('const held: any = { client }\nheld.client.close()')).not.toContain('has no value')
  const untyped = [
    'function hangUp(client: any) {\n  client.close()\n}\nhangUp(undefined)',
    '[undefined].map((client: any) => client.close())',
    'for (const client of [undefined] as any[]) client.close()',
  ]
  for (const code of untyped) expect(await said(code), code).not.toContain('has no value')

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

test('also where undefined is no error', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const shown = async (code: string) =>
    (await kernel.execute(code)).iopub.map(({ content }) => JSON.stringify(content)).join('\n')
  await kernel.execute(
    'lab.interrupt({ after: 0 })\nlet maybe: string | undefined\nconst nick = await input("nick? ")\nconst [a, b] = ["x", 1]',
  )
  const told =
    '`nick` has no value: cell [1] has not come to the end of the line that gives it one. Run that cell again.'
  expect(await shown('console.log("Hello, " + nick)')).toContain(told)
  expect(await shown('const greet = () => "Hello, " + nick')).not.toContain('has no value')
  expect(await shown('greet()')).toContain(told)
  expect(await shown('b')).toContain('`b` has no value')
  expect(await shown('maybe')).not.toContain('has no value')
  // Once for each cell: the error says it, or the notice.
  expect((await shown('nick.length')).split('has no value').length).toBe(2)
  expect(await shown('[nick, nick].length')).toContain(told)

  expect(await shown('const nick = "ann"')).not.toContain('has no value')
  expect(await shown('greet()')).toContain('Hello, ann')
  expect(await shown('greet()')).not.toContain('has no value')
})

test('what the cell has given undefined is not taken for it', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const declared = 'const ages: Record<string, { years: number }> = {}\nconst age = ages["ann"]!'
  await kernel.execute(`${declared}\nfunction years() {\n  return age.years\n}\nconst sum = 1 + years()`)
  expect(tracebackOf((await kernel.execute('age.years')).reply)).not.toContain('has no value')
  expect(JSON.stringify((await kernel.execute('console.log(age)')).iopub)).not.toContain('has no value')
  expect(JSON.stringify((await kernel.execute('console.log(sum)')).iopub)).toContain('`sum` has no value')
})

test('and where the kernel gave the cell up', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('lab.interrupt({ after: 0 })\nconst answer = await new Promise<string>(() => {})')
  const { iopub } = await kernel.execute('answer + 1')
  expect(JSON.stringify(iopub)).toContain('`answer` has no value: cell [1] has not come to the end')
})

test('whoever gives it a value because it has none is told nothing', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('let nick: string | undefined = JSON.parse("{")')
  const { iopub } = await kernel.execute('if (!nick) nick = "Ann"\nconsole.log("Hello, " + nick)')
  expect(JSON.stringify(iopub)).toContain('Hello, Ann')
  expect(JSON.stringify(iopub)).not.toContain('has no value')
})

test('what stands above the loop that was stopped has its value', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute(
    'lab.interrupt({ after: 0 })\nconst found = [1].find((n) => n > 1)\nconst size = 3\nconst sum = ((): number => { for (;;); })()',
  )
  expect(JSON.stringify((await kernel.execute('console.log(found, size)')).iopub)).not.toContain('has no value')
  expect(JSON.stringify((await kernel.execute('console.log(sum)')).iopub)).toContain('`sum` has no value')
})
