/**
 * Ways to points without an answer where the check judges from outside, and what goes wrong in the middle of it. None
 * gains anything, each failure has words, and the exercise after it is judged.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, MODEL, resultOf, WRONG, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const caseOf = (name: string, words: string) => `  t.case("${name}", { points: 2, timeout: 4 }, async () => {
    const { address } = await t.serve(echo)
    const conn = await t.connect(address)
    const words = ${words}
    await conn.sendall(words)
    t.equal(await t.receive(conn, words.length), words)
  })`
const checkOf = (...cases: string[]) =>
  `import { bytes, check } from "socketlab"\nawait check("Echo", 4, async (t) => {\n${cases.join('\n')}\n})`
const visible = caseOf('sends back', 'bytes`hello`')
const hidden = `  // BEGIN HIDDEN TESTS\n${caseOf('the hidden words', 't.random.bytes(20)')}\n  // END HIDDEN TESTS`

const after = (answer: string) => [
  solution('one', answer),
  checkCell('one-check', 1, 'await check("One", 1, (t) => t.case("is one", () => t.equal(one(), 1)))'),
]
const ONE = 'function one(): number {\n  return 1\n}'
const SOURCE = notebookOf(solution('echo', MODEL), checkCell('echo-check', 4, checkOf(visible, hidden)), ...after(ONE))
const submission = (answer: string) =>
  notebookOf(solution('echo', answer), checkCell('echo-check', 4, checkOf(visible)), ...after(ONE))

const server = (body: string) => `async function echo(server: socket.Socket): Promise<void> {\n${body}\n}`
const passed =
  '{ version: 1, name: "Echo", points: 4, earned: 4, seed: String(process.env.SOCKETLAB_SEED), cases: ["sends back", "the hidden words"].map((name) => ({ name, points: 2, earned: 2, state: "passed", message: "", hints: [], told: 0 })) }'

/** Nothing of it is an answer: no case passes. */
const ATTACKS: Record<string, string> = {
  'checks, sockets and prototypes of their own': `${WRONG}
try { (exports as any).check = async () => 4; (lab as any).check = async () => 4 } catch {}
for (const name of ["recv", "sendall", "connect", "accept"]) try { (socket.socket as any).prototype[name] = async () => Buffer.from("hello") } catch {}
try { (socket as any).createConnection = async () => ({ recv: async () => Buffer.from("hello"), sendall: async () => {} }) } catch {}
for (const [holder, name] of [[Array.prototype, "map"], [Map.prototype, "get"], [Buffer.prototype, "equals"]] as any) try { holder[name] = () => true } catch {}`,
  'verdicts of their own': `${WRONG}
setInterval(() => jupyter.broadcast("socketlab_verdict", { result: JSON.stringify(${passed}), signature: "0".repeat(64) }), 5)
const { embedding } = (await import("socketlab")) as any
embedding.checking.onResult?.(${passed})
await check("Echo", 4, async (t) => { for (const name of ["sends back", "the hidden words"]) t.case(name, { points: 2 }, () => {}) })`,
  'answers that nobody asked for': server(
    `  const { comms } = jupyter as any\n  setInterval(() => { for (let call = 0; call < 20; call++) jupyter.broadcast("comm_msg", { comm_id: "x", data: { call, address: ["127.0.0.1", 1] } }) }, 5)\n  await sleep(60)`,
  ),
  'a server that never answers': server('  for await (const [conn] of server.connections()) await sleep(60)'),
  'a server that hangs in a loop': server('  await server.accept()\n  for (;;) {}'),
  'a server that ends its kernel': `import { spawnSync } from "node:child_process"\n${server('  await server.accept()\n  spawnSync("kill", ["-9", String(process.pid)])')}`,
  'a process that ends': server('  await server.accept()\n  process.exit(0)'),
  'a flood': server('  await server.accept()\n  for (;;) { console.log("x".repeat(100_000)); await sleep(0) }'),
  'the address of nothing, and of something else': `(jupyter as any).comms.register("socketlab.under-test", (comm: any) => comm.onMessage(({ data }: any) =>
  comm.send(data.op === "end" ? { call: data.call } : { call: data.call, address: ["127.0.0.1", 1] })))`,
  'answers of another form': `(jupyter as any).comms.register("socketlab.under-test", (comm: any) => comm.onMessage(({ data }: any) => comm.send({ call: data.call, address: ["192.0.2.1", 80], data: { length: 5 } })))`,
  'no answers at all': '(jupyter as any).comms.register("socketlab.under-test", () => {})',
  'no function of that name': 'const other = 1',
  'something else of that name': 'const echo = { then: 1 }',
  'an error with a false name': server(
    '  const error = new Error("no"); error.name = "TimeoutError"; (error as any).code = "x".repeat(1e6); throw error',
  ),
  'an error that cannot be shown': server('  throw new Proxy({}, { get() { throw 1 } })'),
}
/** Only what is visible is recognised. */
const RECOGNISED = server(
  '  for await (const [conn] of server.connections()) {\n    if (String(await conn.recv(100)) === "hello") await conn.sendall(bytes`hello`)\n  }',
)

const names = Object.keys(ATTACKS)
beforeAll(async () => {
  const entries = names.map((name, at) => [`${at}`, submission(ATTACKS[name] as string)])
  writeCourse(
    folder,
    {
      ...Object.fromEntries(entries),
      right: submission(MODEL),
      recognised: submission(RECOGNISED),
    },
    SOURCE,
  )
  // Several cases that each wait for their time are one cell.
  await gradeRun(folder, ['--jobs', '2', '--timeout', '40'], { timeoutMs: 270_000 })
}, 280_000)

test.each(names)('%s', (name) => {
  const { earned, checks } = resultOf(folder, String(names.indexOf(name)))
  const [echo, one] = checks
  expect([echo?.judged, echo?.earned]).toEqual(['outside', 0])
  expect(echo?.cases.map(({ state }) => state)).toEqual(['failed', 'failed'])
  expect(echo?.cases.map(({ message }) => message)).not.toContain('')
  // What comes after it is judged as if nothing had been.
  expect([one?.earned, earned]).toEqual([1, 1])
})

describe('beside them', () => {
  test('a right answer has all points', () => {
    const { earned, problems, status } = resultOf(folder, 'right')
    expect([earned, status, problems]).toEqual([5, 'graded', []])
  })
  test('an answer that knows the visible cases has those', () => {
    expect(resultOf(folder, 'recognised').checks[0]?.cases.map(({ earned }) => earned)).toEqual([2, 0])
  })
})
