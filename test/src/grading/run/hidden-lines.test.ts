/** What a student reads of a case that waits in its hidden part, or beside it: none of the hidden lines. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, MODEL, PATIENT, resultOf, writeCourse } from './course.ts'

const CHECK = `await check("Echo", 3, async (t) => {
  const call = async () => {
    const server = socket.createServer(["127.0.0.1", 0])
    t.background(() => echo(server))
    return await t.connect(server.getsockname())
  }
  // BEGIN HIDDEN TESTS
  t.case("secret", { points: 1, timeout: 1 }, () => t.equal(4711, 4711))
  // END HIDDEN TESTS
  t.case("beside", { points: 1, timeout: 1 }, async () => t.equal(await t.receive(await call(), 1), bytes\`b\`))
  t.case("within", { points: 1, timeout: 1 }, async () => {
    const conn = await call()
    // BEGIN HIDDEN TESTS
    await conn.sendall(bytes\`4711\`)
    t.equal(await t.receive(conn, 4), bytes\`4711\`)
    // END HIDDEN TESTS
  })
})`

test('a frame shows a student only lines that the student has', async () => {
  using scratch = scratchFolder()
  const { folder } = scratch
  const silent = 'async function echo(server: socket.Socket) { await server.accept(); await sleep(100) }'
  const handedIn = notebookOf(solution('echo', silent), checkCell('echo-check', 3, CHECK))
  writeCourse(folder, { silent: handedIn }, notebookOf(solution('echo', MODEL), checkCell('echo-check', 3, CHECK)))
  await gradeRun(folder, [...PATIENT, '--gradescope'])
  const cases = resultOf(folder, 'silent').checks[0]!.cases
  expect(cases.map(({ state }) => state)).toEqual(['passed', 'failed', 'failed'])
  // Of its own lines and of the others it still says where it waited.
  expect(cases[1]!.message).toMatch(
    /cell \[1\]:1\n> 1 \| async function echo.*\n.*\^\ncell \[2\]:10\n> 10 \| .*"beside".*\n.*\^\n {2}11 \|/,
  )
  expect(cases[2]!.message).toMatch(/\ncell \[2\]:15$/)
  for (const file of ['feedback/silent.html', 'gradescope/silent/results.json'])
    expect(readFileSync(join(folder, 'graded', file), 'utf8')).not.toMatch(/4711|HIDDEN/)
}, 60_000)
