import { expect } from 'vitest'
import { plain, test, typeOf } from '../kernel-fixture.ts'

const SERVER = 'const server = socket.createServer(["127.0.0.1", 0])'

test('a trace as a cell’s value: drawn in every way a page may want, with the cells that opened the sockets', async ({
  kernel,
}) => {
  await kernel.execute(SERVER)
  const { iopub } = await kernel.execute(`await lab.trace(async () => {
  using client = await socket.createConnection(server.getsockname())
  const [conn] = await server.accept()
  await client.sendall(bytes\`<b>&"\${Buffer.from([0, 255])}"\`)
  await conn.recv(100)
  conn.close()
})`)
  const { data } = iopub.find(({ header }) => header.msg_type === 'execute_result')!.content as unknown as {
    data: Record<string, string>
  }
  expect(Object.keys(data).sort()).toEqual(['image/svg+xml', 'text/html', 'text/plain', 'text/vnd.mermaid'])
  expect(data['text/plain']).toMatch(/TCP, cell \[\d+\] +TCP, cell \[\d+\]/)
  expect(data['image/svg+xml']).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox=/)
  expect(data['image/svg+xml']).toContain('b&#39;&lt;b&gt;&amp;&quot;\\x00\\xff&quot;&#39;'.replaceAll('&#39;', "'"))
  expect(data['text/vnd.mermaid']).toMatch(/^sequenceDiagram\n/)
})

test('a cell whose traced function throws: the drawing, then the learner’s own error', async ({ kernel }) => {
  const { iopub } = await kernel.execute(`await lab.trace(async () => {
  socket.socket().close()
  throw new RangeError("mine")
})`)
  expect(iopub.map(typeOf)).toEqual(['status:busy', 'execute_input', 'display_data', 'error', 'status:idle'])
  const [display, error] = iopub.slice(2) as unknown as { content: Record<string, Record<string, string>> }[]
  expect(display!.content.data!['text/plain']).toMatch(/1 +[\d.]+ │ socket\n +2 +[\d.]+ │ close/)
  expect(plain(error!.content.traceback)).toContain('> 3 |   throw new RangeError("mine")')
})

test('a trace that nobody awaits, or that is given a promise, is explained', async ({ kernel }) => {
  const said = async (code: string) => {
    const { reply } = await kernel.execute(code)
    return `${reply.content.status} ${plain((reply.content as { traceback?: string[] }).traceback ?? [])}`
  }
  expect(await said('lab.trace(async () => { await sleep(0) })')).toMatch(/^error .*nobody waits for it: add `await`/s)
  expect(await said('await lab.trace(sleep(0))')).toMatch(/^error /)
})

test('HTML for a notebook’s page has no blank line: exported as Markdown, the rest would be read as Markdown', async ({
  kernel,
}) => {
  for (const code of [
    'await lab.trace(async () => { socket.socket().close() })',
    'await lab.trace(async () => {})',
    'await check("c", 1, async (t) => { t.case("d", () => { throw new Error("one\\n \\n\\ntwo") }) })',
  ]) {
    const { iopub } = await kernel.execute(code)
    const [html] = iopub.flatMap(
      ({ content }) => (content.data as Record<string, string> | undefined)?.['text/html'] ?? [],
    )
    expect(html).toMatch(/^<(div|table)[\s\S]*<\/(div|table)>$/)
    expect(html).not.toMatch(/\n[ \t]*\n/)
  }
})
