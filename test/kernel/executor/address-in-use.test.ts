/** A learner runs a server's cell again: what holds the port is named, and what to do. */
import { expect } from 'vitest'
import { plain, resultOf, test } from '../kernel-fixture.ts'

const cases = {
  'a server':
    'const server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\nserver.bind(["127.0.0.1", port])\nserver.listen()',
  'one that reuses the address':
    'const server = socket.socket()\nserver.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\nserver.bind(["127.0.0.1", port])\nserver.listen()',
  createServer: 'const server = socket.createServer(["127.0.0.1", port])',
  'on all addresses': 'const server = socket.createServer(["", port])',
}

test.for(Object.entries(cases))('%s', async ([, code], { freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('using probe = socket.createServer(["127.0.0.1", 0])\nconst port = probe.getsockname()[1]')
  const port = resultOf((await kernel.execute('probe.close()\nport')).iopub)
  expect((await kernel.execute(code)).reply.content.status).toBe('ok')
  const { content } = (await kernel.execute(code)).reply
  if (!('traceback' in content)) throw new Error('the port was free')
  expect(content.ename).toBe('OSError')
  expect(plain([content.evalue])).toMatch(
    new RegExp(
      `^\\[Errno 98\\] Address already in use.*: [\\d.]+:${port} is still held by the server that cell \\[3\\] opened: close it, or call lab\\.closeAll\\(\\)$`,
    ),
  )
  await kernel.execute('lab.closeAll()')
  expect((await kernel.execute(code)).reply.content.status).toBe('ok')
})

test('a top-level `using` gives the port back by itself', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute(
    'const probe = socket.createServer(["127.0.0.1", 0]), port = probe.getsockname()[1]\nprobe.close()',
  )
  for (let again = 0; again < 3; again++) {
    const { reply } = await kernel.execute('using server = socket.createServer(["127.0.0.1", port])')
    expect(reply.content.status).toBe('ok')
  }
})

test('another notebook has the port: it is called that, not by the name of a thread', async ({
  kernel,
  freshKernel,
}) => {
  const other = await freshKernel()
  const held = 'using held = socket.createServer(["127.0.0.1", 0])\nheld.getsockname()[1]'
  const port = resultOf((await other.execute(held)).iopub)
  const { content } = (await kernel.execute(`socket.createServer(["127.0.0.1", ${port}])`)).reply
  expect((content as { evalue?: string }).evalue).toContain(
    `127.0.0.1:${port} is taken: another notebook (process ${other.process.child.pid}) listens there: close it there, or bind port 0`,
  )
})
