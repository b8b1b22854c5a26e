/**
 * The course of the nbgrader test: one assignment, and what students hand in. Knows notebooks; nothing of nbgrader's
 * commands.
 */
import type { Notebook } from '../../src/notebook/notebook-file.ts'
import { open, refused } from '../src/grading/attempts.ts'
import { checkCell, notebookOf, plain, readOnly, solution } from '../src/grading/source.ts'

/** Two exercises, 4 and 3 points, each with a hidden case. */
export const source: Notebook = notebookOf(
  readOnly('title', '# Sums and echoes', 'markdown'),
  solution(
    'add',
    'function addAll(numbers: number[]): number {\n' +
      '  // BEGIN SOLUTION\n  return numbers.reduce((sum, n) => sum + n, 0)\n  // END SOLUTION\n}',
  ),
  checkCell(
    'add-check',
    4,
    'await check("Sums", 4, (t) => {\n' +
      '  t.case("one and two", { points: 1, timeout: 1 }, () => t.equal(addAll([1, 2]), 3))\n' +
      '  t.case("nothing", { points: 0.5, timeout: 1 }, () => t.equal(addAll([]), 0))\n' +
      '  // BEGIN HIDDEN TESTS\n' +
      '  t.case("any numbers", { points: 2.5, timeout: 1 }, () => {\n' +
      '    const numbers = Array.from({ length: 5 }, () => t.random.integer(1, 1000))\n' +
      '    let sum = 0\n    for (const n of numbers) sum += n\n' +
      '    t.equal(addAll(numbers), sum)\n  })\n' +
      '  // END HIDDEN TESTS\n})',
  ),
  solution(
    'echo',
    'async function echo(server: socket.Socket): Promise<void> {\n' +
      '  // BEGIN SOLUTION: answer each caller with what it sent\n' +
      '  for await (const [conn] of server.connections()) {\n' +
      '    using held = conn\n    for await (const data of conn.chunks(1024)) await conn.sendall(data)\n  }\n' +
      '  // END SOLUTION\n}',
  ),
  checkCell(
    'echo-check',
    3,
    'import { bytes, check, socket } from "socketlab"\n' +
      'await check("Echo", 3, async (t) => {\n' +
      '  const call = async () => {\n' +
      '    const server = socket.createServer(["127.0.0.1", 0])\n' +
      '    t.background(() => echo(server))\n' +
      '    return await t.connect(server.getsockname(), { timeout: 1 })\n  }\n' +
      '  t.case("sends back", { points: 1, timeout: 2 }, async () => {\n' +
      '    const conn = await call()\n    await conn.sendall(bytes`hello`)\n' +
      '    t.equal(await t.receive(conn, 5), bytes`hello`)\n  })\n' +
      '  // BEGIN HIDDEN TESTS\n' +
      '  t.case("hangs up at the end", { points: 2, timeout: 2 }, async () => {\n' +
      '    const conn = await call()\n    const data = t.random.bytes(64)\n    await conn.sendall(data)\n' +
      '    conn.shutdown(socket.SHUT_WR)\n    t.equal(await t.receiveAll(conn), data)\n  })\n' +
      '  // END HIDDEN TESTS\n})',
  ),
)

export type Points = readonly [add: number, echo: number]

const add = (body: string) => `function addAll(numbers: number[]): number {\n  ${body}\n}`
const SUM = 'return numbers.reduce((sum, n) => sum + n, 0)'
const rightEcho =
  'async function echo(server: socket.Socket): Promise<void> {\n' +
  '  for await (const [conn] of server.connections()) {\n' +
  '    for await (const data of conn.chunks(1024)) await conn.sendall(data)\n    conn.close()\n  }\n}'
const echo = (body: string) => `async function echo(server: socket.Socket): Promise<void> {\n  ${body}\n}`

type Edit = (notebook: Notebook) => void

/** Puts other text into cells, by their id. */
const write =
  (texts: Readonly<Record<string, string>>): Edit =>
  ({ cells }) => {
    for (const cell of cells) cell.source = texts[cell.id!] ?? cell.source
  }

const solved = (first: string, second = rightEcho) => write({ add: add(first), echo: second })

export interface Submission {
  /** Changes the released notebook into what is handed in; a text is handed in as it is. */
  readonly edit: Edit | string
  /** What it earns; undefined: it cannot be graded. */
  readonly points: Points | undefined
}

export const honest: Readonly<Record<string, Submission>> = {
  right: { edit: solved(SUM), points: [4, 3] },
  half: {
    edit: solved(
      'return (numbers[0] ?? 0) + (numbers[1] ?? 0)',
      echo('const [conn] = await server.accept()\n  await conn.sendall(await conn.recv(5))'),
    ),
    points: [1.5, 1],
  },
  wrong: { edit: solved('return -1', echo('server.close()')), points: [0, 0] },
  untouched: { edit: () => {}, points: [0, 0] },
  'type-error': { edit: solved('return "six"'), points: [0, 3] },
  'endless-loop': { edit: solved('for (;;) {}'), points: [0, 3] },
  'loop-that-catches': { edit: solved('for (;;) { try { for (;;) {} } catch {} }'), points: [0, 3] },
  'loop-in-cell': { edit: solved(`${SUM}\n}\nfor (;;) {\n`), points: [4, 3] },
  'endless-await': { edit: solved(SUM, echo('await new Promise(() => {})')), points: [4, 0] },
  'never-closing': {
    edit: solved(
      SUM,
      echo(
        'for await (const [conn] of server.connections())\n    for (;;) { const data = await conn.recv(1024); if (data.length > 0) await conn.sendall(data); else await sleep(0.1) }',
      ),
    ),
    points: [4, 1],
  },
  leaving: { edit: solved('process.exit(0)'), points: [0, 3] },
  // 20,000 lines in the student's own cell, and some in the check's.
  flood: {
    edit: solved(
      `for (let i = 0; i < 200; i++) console.log("flood ".repeat(10), i)\n  ${SUM}\n}\nfor (let i = 0; i < 20000; i++) {\n  console.log("flood ".repeat(10), i)`,
    ),
    points: [4, 3],
  },
  'memory-hog': {
    edit: solved(SUM, echo('const all: string[][] = []\n  for (;;) all.push(new Array<string>(1e6).fill("hog"))')),
    points: [4, 0],
  },
  rejecting: { edit: solved(`void Promise.reject(new Error("lost"))\n  ${SUM}`), points: [0, 3] },
  'missing-cells': {
    edit(notebook) {
      solved(SUM)(notebook)
      notebook.cells = notebook.cells.filter(({ id }) => id !== 'echo-check' && id !== 'title')
    },
    points: [4, 3],
  },
  // Who skips an exercise takes all of it away.
  'missing-exercise': {
    edit(notebook) {
      solved(SUM)(notebook)
      notebook.cells = notebook.cells.filter(({ id }) => !['title', 'echo', 'echo-check'].includes(id!))
    },
    points: [4, 0],
  },
  'tampered-cells': {
    edit(notebook) {
      write({ 'add-check': '100', 'echo-check': '3', echo: rightEcho })(notebook)
      const cell = notebook.cells.find(({ id }) => id === 'add-check')!
      Object.assign(cell.metadata.nbgrader as object, { points: 100, locked: false })
    },
    points: [0, 3],
  },
  'duplicated-ids': {
    edit(notebook) {
      solved('return -1')(notebook)
      const copy = structuredClone(notebook.cells.find(({ id }) => id === 'add-check')!)
      notebook.cells.push({ ...copy, id: 'copy', source: '4' })
    },
    points: [0, 3],
  },
  'killed-kernel': {
    edit: solved('require("child_process").execSync("kill -9 " + process.pid)\n  return 3'),
    points: undefined,
  },
  'no-notebook': { edit: 'This is not a notebook at all.', points: undefined },
  'empty-file': { edit: '', points: undefined },
}

const FORGED = solved('return -1', echo('server.close()'))

/** These cells run before answers that are wrong. */
const after = (...cells: readonly string[]): Submission => ({
  edit(notebook) {
    notebook.cells.unshift(...cells.map((text, at) => plain(`attempt-${at}`, text)))
    FORGED(notebook)
  },
  points: [0, 0],
})

/** What is refused cannot stand in another attempt's way: all of it in one notebook. */
export const cheating: Readonly<Record<string, Submission>> = {
  'refused-changes': after(...Object.values(refused)),
  ...Object.fromEntries(
    Object.entries(open).map(([name, text]): [string, Submission] => [name.replaceAll(/\W+/g, '-'), after(text)]),
  ),
  'shows-a-result': {
    edit: solved(
      'void jupyter.broadcast("execute_result", { data: { "text/plain": "4" }, metadata: {}, execution_count: 1 })\n  display.text("4"); console.log("4")\n  return -1',
    ),
    points: [0, 3],
  },
  'timer-later': {
    edit: solved(
      'setInterval(() => { (exports as any).tsLastExpr = 4; (exports as any).addAll = () => 3 }, 1)\n  queueMicrotask(() => { (exports as any).tsLastExpr = 4 })\n  return -1',
    ),
    points: [0, 3],
  },
  'visible-cases-only': { edit: solved('return numbers.length === 2 ? 3 : 0'), points: [1.5, 3] },
}
