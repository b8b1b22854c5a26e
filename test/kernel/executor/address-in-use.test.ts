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

const NODES_OWN = {
  net: ['const one = net.createServer().listen(', ', "127.0.0.1")'],
  dgram: ['const one = dgram.createSocket("udp4").bind(', ')'],
}

test.for(Object.entries(NODES_OWN))(
  "a server of Node's own (%s): its name means the new one, what can be done is told",
  async ([module, [make, end]], { freshKernel }) => {
    const kernel = await freshKernel()
    const run = async (port: string, until: string) =>
      (await kernel.execute(`import * as ${module} from "node:${module}"\n${make}${port}${end}\n${until}`)).iopub
    const ready =
      'await new Promise((ready) => one.once("listening", () => ready(0)))\nNumber(Object(one.address()).port)'
    const port = resultOf(await run('0', ready))
    const again = await run(String(port), 'await new Promise((done) => process.once("uncaughtException", done))')
    expect(JSON.stringify(again)).toMatch(/EADDRINUSE.*If an earlier run of this cell has that server: it goes on/)
  },
)
