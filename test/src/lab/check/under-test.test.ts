/** `t.serve` and `t.run` in the notebook: the learner's function under test, as it is judged from outside too. */
import { describe, expect } from 'vitest'
import type { Kernel } from '../../../../kernel/client/kernel.ts'
import { plain, resultOf, test } from '../../../kernel/kernel-fixture.ts'

/** The points, and the table or what the cell threw. */
async function run(kernel: Kernel, cell: string, body: string): Promise<[points: unknown, said: string]> {
  const { reply: first } = await kernel.execute(cell)
  expect(first.content, cell).toMatchObject({ status: 'ok' })
  const code = `await check("One", 1, async (t) => { t.case("only", { timeout: 2 }, async () => {\n${body}\n}) })`
  const { reply, iopub } = await kernel.execute(code)
  const [shown] = iopub.filter(({ header }) => header.msg_type === 'display_data').map(({ content }) => content.data)
  const { ename, evalue } = reply.content as { ename?: string; evalue?: string }
  const said = ename === undefined ? (shown as Record<string, string>)['text/plain'] : plain([`${ename}: ${evalue}`])
  return [resultOf(iopub), said ?? '']
}

const ECHO = `async function echo(server: socket.Socket, before = "", make = (text: string) => text) {
  for await (const [conn] of server.connections()) {
    const data = await conn.recv(100)
    await conn.sendall(Buffer.from(make(before + data)))
    conn.close()
  }
}
function twice(text: string) { return text + text }`

const ask = `const conn = await t.connect(address)
await conn.sendall(bytes\`hi\`)
`

describe('t.serve', () => {
  test('gives the function a socket that listens, and what else it takes', async ({ kernel }) => {
    const body = `const { address } = await t.serve(echo, { args: ["> ", twice] })\n${ask}t.equal(await t.receiveAll(conn), bytes\`> hi> hi\`)`
    expect(await run(kernel, ECHO, body)).toEqual(['1', expect.stringContaining('✓ only')])
  })

  test('closes it when asked, and at the end of the case', async ({ kernel }) => {
    const body = `const one = await t.serve(echo)
await one.close()
await t.rejects(() => t.connect(one.address), ConnectionRefusedError)
await t.allClosed()
await t.serve(echo)`
    expect((await run(kernel, ECHO, body))[0]).toBe('1')
    const { iopub } = await kernel.execute('lab.sockets().length')
    expect(resultOf(iopub)).toBe('0')
  })

  test('a client has left open what is its own, not the server that it called', async ({ kernel }) => {
    const cell = (end: string) => `async function ask(address: socket.InetAddress) {
  const conn = await socket.createConnection(address)
  const text = (await conn.recv(5)).toString()
  ${end}
  return text
}`
    const body = `const { address } = await t.server(async (conn) => { await conn.sendall(bytes\`hello\`) })
t.equal(await t.run(ask, address), "hello")
await t.allClosed({ within: 0.5 })`
    expect((await run(kernel, cell('conn.close()'), body))[0]).toBe('1')
    const [points, table] = await run(kernel, cell(''), body)
    expect(points).toBe('0')
    expect(table?.match(/<socket\.socket/g)).toHaveLength(1)
    expect(table).toContain('raddr=')
  })

  test('a UDP socket, and options before it is bound', async ({ kernel }) => {
    const cell = `async function answer(sock: socket.Socket) {
  const [data, from] = await sock.recvfrom(100)
  await sock.sendto(Buffer.from(\`\${data} \${sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)}\`), from)
}`
    const body = `const { address } = await t.serve(answer, { type: socket.SOCK_DGRAM, options: [[socket.SOL_SOCKET, socket.SO_REUSEADDR, 1]] })
const sock = await t.udp()
await sock.sendto(bytes\`hi\`, address)
t.equal((await sock.recvfrom(100))[0], bytes\`hi 1\`)`
    expect(await run(kernel, cell, body)).toEqual(['1', expect.stringContaining('✓ only')])
  })

  test('an error that the function throws fails the case, a stub is still one', async ({ kernel }) => {
    const body = `const { address } = await t.serve(server)\nconst conn = await t.connect(address)\nawait t.receive(conn, 1)`
    const throwing =
      'async function server(bell: socket.Socket) { await bell.accept(); throw new RangeError("too far") }'
    expect(await run(kernel, throwing, body)).toEqual(['0', expect.stringContaining('RangeError: too far')])
    const stub = 'async function server(bell: socket.Socket) { throw new Error("not done yet") }'
    expect(await run(kernel, stub, body)).toEqual(['0', expect.stringContaining('Nothing here yet')])
  })
})

describe('t.run', () => {
  test('hands over copies of plain data, and gives back a copy', async ({ kernel }) => {
    const cell = `const kept: { list?: Set<number> } = {}
async function change(data: Buffer, list: Map<string, number>, at: Date) {
  data[0] = 65
  list.set("new", 1)
  kept.list = new Set(list.values())
  return { data, list, at, same: kept.list, big: 5n, nothing: undefined }
}`
    const body = `const data = Buffer.from("hello"), list = new Map([["old", 2]])
const result = await t.run(change, data, list, new Date(0))
t.equal([String(data), list.size], ["hello", 1], "what was handed over")
t.equal(result, { data: Buffer.from("Aello"), list: new Map([["old", 2], ["new", 1]]), at: new Date(0), same: new Set([2, 1]), big: 5n, nothing: undefined })
t.ok(Buffer.isBuffer(result.data) && result.same !== kept.list, "a copy")`
    expect(await run(kernel, cell, body)).toEqual(['1', expect.stringContaining('✓ only')])
  })

  test('errors are what they were', async ({ kernel }) => {
    const cell = `class TooBig extends RangeError { override name = "TooBig" }
async function dial(address: socket.InetAddress) { return (await socket.createConnection(address, { timeout: 1 })).family }
function refuse() { throw new TooBig("42") }`
    const body = `await t.rejects(t.run(dial, ["127.0.0.1", 1]), ConnectionRefusedError)
const error = await t.rejects(t.run(refuse), TooBig)
t.ok(error instanceof RangeError && error.message === "42", String(error))`
    expect(await run(kernel, cell, body)).toEqual(['1', expect.stringContaining('✓ only')])
  })

  test('a result that could not come from another process is told of', async ({ kernel }) => {
    const cell = `function give(what: string): any {
  return { socket: () => ({ conn: [socket.socket()] }), promise: () => [Promise.resolve(1)], "function": () => () => 1 }[what]!()
}`
    const said = async (what: string) => (await run(kernel, cell, `await t.run(give, ${JSON.stringify(what)})`))[1]
    expect(await said('socket')).toContain(
      'give gives an object of the class Socket (the result.conn[0]): numbers, texts',
    )
    expect(await said('promise')).toContain('give gives a Promise (is an await missing?) (the result[0])')
    expect(await said('function')).toContain('give gives a function (the result)')
  })
})

describe('who writes a check is told', () => {
  test('that a function of the check itself cannot be called elsewhere', async ({ kernel }) => {
    for (const body of ['await t.serve((server: socket.Socket) => {})', 'await t.run(() => 1)'])
      expect((await run(kernel, ECHO, body))[1]).toContain('takes a function of a cell above, by its name')
    const inArgs = 'await t.serve(echo, { args: ["", (text: string) => text] })'
    expect((await run(kernel, ECHO, inArgs))[1]).toContain('argument 2 is a function that is written in the check')
  })

  test('what cannot be handed over', async ({ kernel }) => {
    const cell = 'function take(what: unknown) { return 1 }'
    const body = 'await t.run(take, { list: [socket.socket()] })'
    expect((await run(kernel, cell, body))[1]).toContain('argument 1.list[0] is an object of the class Socket: only')
    expect((await run(kernel, cell, 'await t.run(take, 5, 6)'))[1]).toContain('Expected')
  })
})
