import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { resultOf, test, textOf } from '../kernel-fixture.ts'

const RESOURCE = `
class Resource implements Disposable {
  constructor(readonly name: string) { console.log("open", name) }
  [Symbol.dispose]() { console.log("close", this.name) }
}`

test('a top-level using lives on after its cell, and ends before a cell that declares its name again', async ({
  kernel,
}) => {
  await kernel.execute(RESOURCE)
  expect(textOf((await kernel.execute('using a = new Resource("first")')).iopub)).toBe('open first\n')
  expect(resultOf((await kernel.execute('a.name')).iopub)).toBe("'first'")
  expect(textOf((await kernel.execute('using a = new Resource("second")')).iopub)).toBe('close first\nopen second\n')
  expect(textOf((await kernel.execute('const a = 1')).iopub)).toBe('close second\n')
})

test('several of one cell end last first', async ({ kernel }) => {
  await kernel.execute(RESOURCE)
  await kernel.execute('using x = new Resource("x"), y = new Resource("y")')
  expect(textOf((await kernel.execute('let y = 0, x = 0')).iopub)).toBe('close y\nclose x\n')
})

test('in a block using ends with the block', async ({ kernel }) => {
  await kernel.execute(RESOURCE)
  expect(textOf((await kernel.execute('{ using z = new Resource("z"); console.log("in", z.name) }')).iopub)).toBe(
    'open z\nin z\nclose z\n',
  )
})

test('await using waits for the disposal before the next cell of that name begins', async ({ kernel }) => {
  await kernel.execute(
    `await using slow = { async [Symbol.asyncDispose]() { await sleep(0.02); console.log("disposed") } }`,
  )
  expect(textOf((await kernel.execute('const slow = 1; console.log("begun")')).iopub)).toBe('disposed\nbegun\n')
})

test('a disposal that throws is shown, and the cell runs', async ({ kernel }) => {
  await kernel.execute('using bad = { [Symbol.dispose]() { throw new Error("will not close") } }')
  const { iopub, reply } = await kernel.execute('const bad = "ran"; bad')
  expect(iopub.find(({ header }) => header.msg_type === 'error')?.content.evalue).toBe('will not close')
  expect(reply.content.status).toBe('ok')
  expect(resultOf(iopub)).toBe("'ran'")
})

test("a server of Node's own gives its port back, though a caller stays: its cell runs again", async ({ kernel }) => {
  const made = (port: string) => `import * as net from "node:net"
await using listener = net.createServer().listen(${port}, "127.0.0.1")
await new Promise((ready) => listener.once("listening", () => ready(0)))
;(listener.address() as net.AddressInfo).port`
  const port = resultOf((await kernel.execute(made('0'))).iopub)
  await kernel.execute(`const caller = net.connect(${port}, "127.0.0.1")
await new Promise((ready) => caller.once("connect", () => ready(0)))`)
  expect(resultOf((await kernel.execute(made(String(port)))).iopub)).toBe(port)
  expect(resultOf((await kernel.execute('caller.destroy()\nlistener.close()\ncaller.destroyed')).iopub)).toBe('true')
})

test('lab.closeAll disposes them all, last made first and before the sockets', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute(RESOURCE)
  // What receives is none of ours: it is not closed with the rest.
  await kernel.execute(`import { createServer, type AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { once } from "node:events"
const server = createServer().listen(0, "127.0.0.1")
const received = once(server, "connection").then(([conn]) => text(conn))
await once(server, "listening")
const near = await socket.createConnection(["127.0.0.1", (server.address() as AddressInfo).port])`)
  await kernel.execute('using outer = new Resource("outer")\nusing file = near.makefile("w")\nawait file.write("kept")')
  await kernel.execute(`using bad = { [Symbol.dispose]() { throw new Error("will not close") } }
await using inner = { async [Symbol.asyncDispose]() { console.log("inner ends"); await sleep(0.01) } }`)
  const { iopub } = await kernel.execute('lab.closeAll()')
  expect(textOf(iopub)).toBe('inner ends\nclose outer\n')
  expect(resultOf(iopub)).toBe('1')
  expect(iopub.find(({ header }) => header.msg_type === 'error')?.content.evalue).toBe('will not close')
  // What was in a file's buffer was on its way before the sockets ended.
  expect(textOf((await kernel.execute('console.log(await received)\nserver.close()')).iopub)).toBe('kept\n')
  expect(textOf((await kernel.execute('lab.closeAll()\nconst outer = 1')).iopub)).toBe('')
})

test('when the kernel ends they are disposed', async ({ freshKernel }) => {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-kept-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const kernel = await freshKernel({ cwd: folder })
  await kernel.execute(`import { appendFileSync } from "node:fs"
using first = { [Symbol.dispose]() { appendFileSync("log", "first ") } }
await using second = { async [Symbol.asyncDispose]() { await sleep(0.01); appendFileSync("log", "second ") } }`)
  await kernel.stop()
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('second first ')
})
