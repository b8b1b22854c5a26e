/**
 * A check that judges from outside: it runs in a process of its own, and calls the student's functions in theirs.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, readOnly, solution } from '../source.ts'
import { gradeRun, MODEL, resultOf, STUB, WRONG, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const check = `import { bytes, check } from "socketlab"
await check("Echo", 4, async (t) => {
  t.case("sends back", { points: 2, timeout: 10 }, async () => {
    const { address } = await t.serve(echo)
    const conn = await t.connect(address)
    await conn.sendall(bytes\`hello\`)
    t.equal(await t.receive(conn, 5), bytes\`hello\`)
  })
  // BEGIN HIDDEN TESTS
  t.case("the hidden words", { points: 2, timeout: 10 }, async () => {
    const { address } = await t.serve(echo)
    const conn = await t.connect(address)
    const words = t.random.bytes(20)
    await conn.sendall(words)
    t.equal(await t.receive(conn, 20), words)
  })
  // END HIDDEN TESTS
})`
const SOURCE = notebookOf(solution('echo', MODEL), checkCell('echo-check', 4, check))
const submission = (answer: string) => notebookOf(solution('echo', answer), checkCell('echo-check', 4, check))

describe('a server', () => {
  beforeAll(async () => {
    writeCourse(folder, { right: submission(MODEL), wrong: submission(WRONG), stub: submission(STUB) }, SOURCE)
    await gradeRun(folder, ['--timeout', '30'])
  }, 120_000)

  test('right', () => {
    const { earned, checks, problems, status } = resultOf(folder, 'right')
    expect([earned, status, problems]).toEqual([4, 'graded', []])
    expect(checks[0]?.judged).toBe('outside')
  })
  test('wrong', () => {
    const { earned, checks, problems } = resultOf(folder, 'wrong')
    expect([earned, problems]).toEqual([0, []])
    expect(checks[0]?.cases[0]?.message).toContain('Connection refused')
  })
  test('stub', () => {
    const { earned, checks } = resultOf(folder, 'stub')
    expect(earned).toBe(0)
    expect(checks[0]?.cases.map(({ state }) => state)).toEqual(['empty', 'empty'])
  })
})

/** What each kind of answer is called with, beside the echo server: the tools of a check across two processes. */
const TOOLS = `
class TooMuch extends RangeError { override name = "TooMuch" }
async function pieces(server: socket.Socket, end: string, mark: (text: string) => string) {
  const [conn] = await server.accept()
  const came: string[] = []
  for await (const data of conn.chunks()) came.push(data.toString())
  await conn.sendall(Buffer.from(came.join("|") + mark(end)))
  conn.close()
}
async function shout(sock: socket.Socket) {
  try {
    for (;;) {
      const [data, from] = await sock.recvfrom(100)
      await sock.sendto(Buffer.from(String(data).toUpperCase()), from)
    }
  } catch (error) {
    if ((error as OSError).code !== "EBADF") throw error
  }
}
async function fetchAll(address: socket.InetAddress, leave = false): Promise<{ parts: Buffer[]; kinds: Map<string, number> }> {
  const conn = await socket.createConnection(address)
  const parts: Buffer[] = []
  for await (const data of conn.chunks()) parts.push(data)
  if (!leave) conn.close()
  if (parts.length > 3) throw new TooMuch("more than 3")
  return { parts, kinds: new Map([["parts", parts.length]]) }
}`
const GIVEN = 'const twice = (text: string) => text + text'
const tools = `import { bytes, check, socket } from "socketlab"
await check("Tools", 5, async (t) => {
  t.case("pieces arrive one by one", { timeout: 10 }, async () => {
    const { address, ended } = await t.serve(pieces, { args: ["!", twice], options: [[socket.SOL_SOCKET, socket.SO_REUSEADDR, 1]] })
    const conn = await t.connect(address, { timeout: 10 })
    await t.sendPieces(conn, ["He", "l", "lo"])
    conn.shutdown(socket.SHUT_WR)
    t.equal(await t.receiveAll(conn), bytes\`He|l|lo!!\`)
    await ended()
  })
  t.case("UDP, and the end when the socket is closed", { timeout: 10 }, async () => {
    const server = await t.serve(shout, { type: socket.SOCK_DGRAM })
    const sock = await t.udp()
    await sock.sendto(bytes\`hi\`, server.address)
    t.equal((await sock.recvfrom(100))[0], bytes\`HI\`)
    await server.close()
    await server.ended()
    sock.close()
    await t.allClosed({ within: 10 })
  })
  t.case("a client, its result and what it leaves open", { timeout: 10 }, async () => {
    const { address } = await t.server((conn) => t.sendPieces(conn, ["one", "two"]))
    t.equal(await t.run(fetchAll, address), { parts: [bytes\`one\`, bytes\`two\`], kinds: new Map([["parts", 2]]) })
    const mine = () => t.opened().filter((one) => one.includes(\`raddr=('127.0.0.1', \${address[1]})\`))
    t.equal(mine(), [])
    await t.run(fetchAll, address, true)
    t.equal(mine().length, 1)
  })
  t.case("errors by class and by code", { timeout: 10 }, async () => {
    const { address } = await t.server((conn) => t.sendPieces(conn, ["1", "2", "3", "4"]))
    const error = await t.rejects(t.run(fetchAll, address), "TooMuch")
    t.ok(error instanceof RangeError && error.message === "more than 3", String(error))
    await t.rejects(t.run(fetchAll, ["127.0.0.1", 1]), ConnectionRefusedError)
    await t.rejects(t.run(fetchAll, ["127.0.0.1", 1]), "ECONNREFUSED")
  })
  t.case("two at once", { timeout: 10 }, async () => {
    const servers = await Promise.all([t.serve(shout, { type: socket.SOCK_DGRAM }), t.serve(shout, { type: socket.SOCK_DGRAM })])
    t.ok(servers[0].address[1] !== servers[1].address[1], "one port")
  })
})`

test('pieces, datagrams, results, errors and what is left open, from another process', async () => {
  const other = scratchFolder()
  const source = notebookOf(readOnly('given', GIVEN), solution('tools', TOOLS), checkCell('tools-check', 5, tools))
  writeCourse(other.folder, { right: source }, source)
  await gradeRun(other.folder, ['--timeout', '60'])
  const { earned, checks } = resultOf(other.folder, 'right')
  other[Symbol.dispose]()
  expect([earned, checks[0]?.judged], JSON.stringify(checks[0]?.cases, null, 1)).toEqual([5, 'outside'])
}, 120_000)
