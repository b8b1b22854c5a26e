/**
 * One exercise with hidden tests, submissions to it, and `socketlab grade run` on them, as a teacher calls it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Result, resultSchema } from '../../../../src/grading/results/schema.ts'
import type { Notebook } from '../../../../src/notebook/notebook-file.ts'
import { root } from '../../../runner/paths.ts'
import { type Outcome, run } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'

export const MODEL = `async function echo(server: socket.Socket): Promise<void> {
  // BEGIN SOLUTION
  for await (const [conn] of server.connections()) {
    for await (const data of conn.chunks()) await conn.sendall(data)
    conn.close()
  }
  // END SOLUTION
}`
/** Wrong, and quickly so. */
export const WRONG = 'async function echo(server: socket.Socket): Promise<void> { server.close() }'
export const STUB = 'async function echo(server: socket.Socket): Promise<void> {\n  throw new Error("not done yet")\n}'

const visible = `  t.case("sends back", { points: 2, hint: "recv, then sendall", timeout: 1 }, async () => {
    const conn = await t.connect(start())
    await conn.sendall(bytes\`hello\`)
    t.equal(await t.receive(conn, 5), bytes\`hello\`)
  })`
const hidden = `  // BEGIN HIDDEN TESTS
  t.case("the hidden words", { points: 2, timeout: 1 }, async () => {
    const conn = await t.connect(start())
    const words = t.random.bytes(20)
    await conn.sendall(words)
    t.equal(await t.receive(conn, 20), words)
  })
  // END HIDDEN TESTS`
const checkOf = (...cases: string[]) => `await check("Echo", 4, async (t) => {
  const start = () => {
    const server = socket.createServer(["127.0.0.1", 0])
    t.background(() => echo(server))
    return server.getsockname()
  }
${cases.join('\n')}
})`

export const SOURCE = notebookOf(solution('echo', MODEL), checkCell('echo-check', 4, checkOf(visible, hidden)))
/** What a student hands in: the solution's cell, and the check as it was released, or another in its place. */
export const submission = (answer: string, check = checkOf(visible)): Notebook =>
  notebookOf(solution('echo', answer), checkCell('echo-check', 4, check))

/** Writes source.ipynb and submitted/NAME.ipynb: notebooks, or any text. */
export function writeCourse(folder: string, submissions: Record<string, Notebook | string>, source = SOURCE): void {
  const write = (path: string, content: Notebook | string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  }
  write(join(folder, 'source.ipynb'), source)
  for (const [name, content] of Object.entries(submissions)) write(join(folder, 'submitted', `${name}.ipynb`), content)
}

/** For submissions that end by themselves: where much else runs a cell takes its time. */
export const PATIENT = ['--timeout', '30'] as const

/** `socketlab grade run submitted --source source.ipynb -o graded`, in this folder. */
export function gradeRun(
  folder: string,
  args: readonly string[] = [],
  options: Parameters<typeof run>[2] = {},
): Promise<Outcome> {
  const command = ['grade', 'run', 'submitted', '--source', 'source.ipynb', '-o', 'graded', '--timeout', '6', ...args]
  return run(process.execPath, [join(root, 'dist', 'cli.mjs'), ...command], { cwd: folder, ...options })
}

export const resultOf = (folder: string, name: string): Result =>
  resultSchema.parse(JSON.parse(readFileSync(join(folder, 'graded', 'results', `${name}.json`), 'utf8')))

export const kindsOf = ({ problems }: Result): string[] => problems.map(({ kind }) => kind)
