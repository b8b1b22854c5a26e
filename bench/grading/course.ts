/**
 * A course on disk with one exercise and many submissions: right, half right and wrong in turns, none of which hangs.
 * Knows nothing of graders.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const NAME = 'lines'

const answer = (rest: string) => `async function firstLine(conn: socket.Socket): Promise<string> {\n${rest}\n}`
const WHOLE = `  let text = ""
  while (!text.includes("\\r\\n")) text += await conn.recv(1024)
  return text.slice(0, text.indexOf("\\r\\n"))`
const ANSWERS = [
  answer(WHOLE),
  answer('  return String(await conn.recv(1024)).split("\\r\\n")[0] ?? ""'),
  answer('  return "HTTP/1.1 200 OK"'),
  answer('  throw new Error("not done yet")'),
]

const CHECK = `await check("The first line", 3, async (t) => {
  const answer = async (...pieces: string[]) => {
    const [conn, server] = await t.pair()
    t.background(() => t.sendPieces(server, pieces))
    return await firstLine(conn)
  }
  t.case("at once", async () => {
    t.equal(await answer("HTTP/1.1 200 OK\\r\\nrest"), "HTTP/1.1 200 OK")
  })
  t.case("in two pieces", async () => {
    t.equal(await answer("HTTP/1.1 40", "4 Not Found\\r\\n"), "HTTP/1.1 404 Not Found")
  })
  t.case("cut in its end", async () => {
    t.equal(await answer("HTTP/1.1 204 No Content\\r", "\\n"), "HTTP/1.1 204 No Content")
  })
})`

const grading = (id: string, own: object) => ({
  nbgrader: { schema_version: 3, grade_id: id, task: false, grade: false, solution: false, locked: false, ...own },
})

function notebook(solution: string): string {
  const code = { cell_type: 'code', outputs: [], execution_count: null }
  const cells = [
    { ...code, id: 'line', metadata: grading('line', { solution: true }), source: solution },
    {
      ...code,
      id: 'line-check',
      metadata: grading('line-check', { grade: true, locked: true, points: 3 }),
      source: CHECK,
    },
  ]
  const kernelspec = { name: 'socketlab', display_name: 'TypeScript (socketlab)', language: 'typescript' }
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells })
}

export interface Course {
  readonly folder: string
  readonly name: string
  readonly source: string
}

/** As nbgrader lays it out: source/NAME/NAME.ipynb, submitted/STUDENT/NAME/NAME.ipynb. */
export function makeCourse(folder: string, submissions: number): Course {
  const file = `${NAME}.ipynb`
  const source = join(folder, 'source', NAME, file)
  write(source, notebook(answer(`  // BEGIN SOLUTION\n${WHOLE}\n  // END SOLUTION`)))
  for (let at = 0; at < submissions; at++) {
    const student = `s${String(at).padStart(4, '0')}`
    // Each a little different, as students' are: the same file twice would say little of a cache.
    write(join(folder, 'submitted', student, NAME, file), notebook(`// ${student}\n${ANSWERS[at % ANSWERS.length]}`))
  }
  return { folder, name: NAME, source }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
