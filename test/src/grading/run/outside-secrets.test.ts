/** Where a check judges from outside, its text is nowhere in the process of the code under test. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, MODEL, resultOf, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const check = `import { bytes, check } from "socketlab"
await check("Echo", 4, async (t) => {
  // BEGIN HIDDEN TESTS
  t.case("the hidden words", { points: 4, timeout: 20 }, async () => {
    const { address } = await t.serve(echo)
    const conn = await t.connect(address, { timeout: 20 })
    await conn.sendall(bytes\`hello\`)
    t.equal(await t.receive(conn, 5), bytes\`hello\`)
  })
  // END HIDDEN TESTS
})`
const submission = (answer: string) => notebookOf(solution('echo', answer), checkCell('echo-check', 4, check))

/** Looks for the hidden test wherever its process can look; its own text does not hold what it looks for. */
const SPY = `import { readdirSync, readFileSync, statSync } from "node:fs"
const needle = ["hidden", "words"].join(" ")
const found: string[] = []
const look = (text: string, where: string) => { if (text.includes(needle)) found.push(where) }
for (const name of Object.getOwnPropertyNames(globalThis)) { try { look(String((globalThis as any)[name]), name) } catch {} }
look(JSON.stringify([process.argv, process.env, process.execArgv]), "process")
function walk(folder: string) {
  for (const name of readdirSync(folder)) {
    if (name === "node_modules") continue // the package's own, where its checkout lies in one of these folders
    const path = folder + "/" + name
    try {
      const what = statSync(path)
      if (what.isDirectory()) walk(path)
      else if (what.size < 1e6) look(readFileSync(path, "latin1"), path)
    } catch {}
  }
}
async function echo(server: socket.Socket): Promise<void> {
  for (const folder of ["/home", "/tmp", "/run", "/dev/shm", "/etc"]) walk(folder)
  for (const pid of readdirSync("/proc")) for (const file of ["cmdline", "environ", "mem", "maps"]) try { look(readFileSync("/proc/" + pid + "/" + file, "latin1"), pid + file) } catch {}
  look(readFileSync("/proc/net/unix", "latin1"), "sockets")
  Error.stackTraceLimit = 100
  look(String(new Error().stack), "stack")
  try { look(String((0, eval)("In")), "In") } catch {}
  throw new Error(found.length === 0 ? "nowhere" : "found in " + found.join())
}`
/** Stands in the way of every message to its process, and tells what they hold. */
const LISTENER = `const heard: string[] = []
;(jupyter as any).comms.register("socketlab.under-test", (comm: any) => comm.onMessage(({ data }: any) => {
  heard.push(JSON.stringify(data))
  comm.send({ call: data.call, error: { classes: ["Error"], name: "Error", message: heard.join(), fields: {}, text: heard.join() } })
}))`

beforeAll(async () => {
  writeCourse(folder, { spy: submission(SPY), listener: submission(LISTENER) }, submission(MODEL))
  await gradeRun(folder, ['--jobs', '2', '--timeout', '30'])
}, 120_000)

const messageOf = (name: string) => resultOf(folder, name).checks[0]?.cases[0]?.message

test('not in its memory as cells see it, its files, its processes, its stack traces', () => {
  expect(messageOf('spy')).toMatch(/^Error: nowhere/)
})

test('nor in what it is asked', () => {
  const asked = JSON.parse(String(messageOf('listener')))
  const plan = { type: 1, options: [] }
  expect(asked).toEqual({ op: 'serve', call: 1, name: 'echo', args: [], plan, seconds: expect.any(Number) })
})
