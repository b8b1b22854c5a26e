/**
 * Grading that is killed, or interrupted, goes on where it was and has lost nothing.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../../runner/paths.ts'
import { run, scratchFolder } from '../../../setup/run.ts'
import { gradeRun, MODEL, PATIENT, resultOf, submission, WRONG, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
const results = join(folder, 'graded', 'results')
const names = ['a', 'b', 'c', 'd', 'e']
afterAll(() => scratch[Symbol.dispose]())

beforeAll(() => {
  writeCourse(folder, Object.fromEntries(names.map((name) => [name, submission(`// ${name}\n${MODEL}`)])))
})

const stamps = () =>
  new Map(
    readdirSync(results)
      // Killed while it wrote, it leaves a half one under another name.
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file, statSync(join(results, file)).mtimeMs]),
  )

test.each([
  ['SIGKILL', 'a: 4 of 4', 128],
  ['SIGINT', 'b: 4 of 4', 130],
] as const)(
  '%s',
  async (signal, after, code) => {
    let sent = false
    const { code: ended } = await gradeRun(folder, ['--jobs', '1', ...PATIENT], {
      onOutput(output, child) {
        if (sent || !output.includes(after)) return
        sent = child.kill(signal)
      },
    })
    expect(ended).toBe(code)
    const before = stamps()
    expect(before.size).toBeGreaterThan(0)
    expect(before.size).toBeLessThan(names.length)
    for (const file of before.keys()) expect(resultOf(folder, file.replace(/\.json$/, '')).earned).toBe(4)
  },
  60_000,
)

test('the next run does what is left, and nothing twice', async () => {
  const before = stamps()
  const { pid } = spawnSync('true')
  writeFileSync(join(results, `a.json.${pid}.partial`), '{"half')
  writeFileSync(join(results, `a.json.${process.pid}.partial`), '{"being written')
  const { code } = await gradeRun(folder, ['--jobs', '2', ...PATIENT])
  expect(code).toBe(0)
  const isPartial = (file: string) => file.endsWith('.partial')
  expect(readdirSync(results).filter(isPartial)).toEqual([`a.json.${process.pid}.partial`])
  const after = stamps()
  expect([...after.keys()].sort()).toEqual(names.map((name) => `${name}.json`))
  for (const [file, stamp] of before) expect(after.get(file)).toBe(stamp)
  expect(
    readFileSync(join(folder, 'graded', 'grades.csv'), 'utf8')
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(6)
}, 60_000)

test('a submission that has changed is graded again, and so is a result that was damaged', async () => {
  writeCourse(folder, { a: submission(WRONG) })
  writeFileSync(join(results, 'b.json'), '{"schema":')
  const { output } = await gradeRun(folder, ['--jobs', '2', ...PATIENT])
  expect(output.match(/from before/g)).toHaveLength(names.length - 2)
  expect([resultOf(folder, 'a').earned, resultOf(folder, 'b').earned]).toEqual([0, 4])
}, 60_000)

test('who was graded from another file before is named, in either direction', async () => {
  mkdirSync(join(folder, 'late'))
  writeFileSync(join(folder, 'late', 'b.ipynb'), JSON.stringify(submission(WRONG)))
  const late = ['grade', 'run', 'late/b.ipynb', '--source', 'source.ipynb', '-o', 'graded', ...PATIENT]
  const { output } = await run(process.execPath, [join(root, 'dist', 'cli.mjs'), ...late], { cwd: folder })
  const [first, second] = [join(folder, 'submitted', 'b.ipynb'), join(folder, 'late', 'b.ipynb')]
  expect(output).toContain(`b was graded from ${first} before; it counts no more, now that ${second} does`)
  const again = await gradeRun(folder, PATIENT)
  expect(again.output).toContain(`b was graded from ${second} before; it counts no more, now that ${first} does`)
  expect(again.output.match(/was graded from/g)).toHaveLength(1)
}, 60_000)
