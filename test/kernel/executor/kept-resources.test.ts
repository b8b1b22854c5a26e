import { expect } from 'vitest'
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
