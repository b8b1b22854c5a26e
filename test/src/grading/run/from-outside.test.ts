/** Somebody ends what grading has started: a person in a list of processes, or a Ctrl-C, which a terminal sends to all. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { gradeRun, MODEL, PATIENT, resultOf, submission, WRONG, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

interface Running {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly command: string
}

function processes(): Running[] {
  const { stdout } = spawnSync('ps', ['-ww', '-eo', 'pid=,ppid=,pgid=,args='], { encoding: 'utf8' })
  return stdout.split('\n').map((line) => {
    const [pid, parent, group, ...command] = line.trim().split(/\s+/)
    return { pid: Number(pid), parent: Number(parent), group: Number(group), command: command.join(' ') }
  })
}

/** From the process to the one that began it all. */
function ancestors(all: readonly Running[], of: Running | undefined): Running[] {
  const parent = of && all.find(({ pid }) => pid === of.parent)
  return parent ? [parent, ...ancestors(all, parent)] : []
}

/** The student's cell waits for this one. */
const LONG = `sleep 25.${process.pid}`
const waits = `import { spawnSync } from "node:child_process"\nspawnSync("sleep", ["${LONG.slice(6)}"])`

test('a sandbox that is ended from outside costs nobody points', async () => {
  writeCourse(folder, { ann: submission(MODEL), ben: submission(`${MODEL}\n${waits}`) })
  let grader: number | undefined
  const graded = gradeRun(folder, ['--jobs', '1', ...PATIENT], { onOutput: (_, { pid }) => (grader = pid) })
  const lines = await vi.waitFor(
    () => {
      const all = processes()
      const line = ancestors(
        all,
        all.find(({ command }) => command === LONG),
      )
      expect(line.map(({ pid }) => pid)).toContain(grader)
      return line
    },
    { timeout: 60_000, interval: 100 },
  )
  const at = lines.findIndex(({ pid }) => pid === grader)
  const [sandbox, command] = [lines[at - 1] as Running, lines[at] as Running]
  process.kill(sandbox.pid, 'SIGTERM')
  const { code, output } = await graded
  expect(output).toContain('ben was not graded: its sandbox was ended from outside')
  expect(code).toBe(1)
  expect(existsSync(join(folder, 'graded', 'results', 'ben.json'))).toBe(false)
  expect(resultOf(folder, 'ann').earned).toBe(4)
  // A Ctrl-C is sent to the terminal's group.
  expect(sandbox.group).not.toBe(command.group)
}, 120_000)

test('who reads what it prints may leave: the work is done all the same', async () => {
  const unread = join(folder, 'unread')
  writeCourse(unread, { ann: 'no notebook', ben: submission(WRONG), cleo: submission(MODEL) })
  const { code } = await gradeRun(unread, ['--jobs', '1', ...PATIENT], {
    onOutput: (_, { stdout, stderr }) => {
      stdout?.destroy()
      stderr?.destroy()
    },
  })
  expect(code).toBe(1)
  expect(resultOf(unread, 'cleo').earned).toBe(4)
  expect(existsSync(join(unread, 'graded', 'grades.csv'))).toBe(true)
}, 60_000)
