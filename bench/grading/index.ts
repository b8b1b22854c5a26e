/**
 * `npm run bench -- grading`: submissions a minute of `socketlab grade run --jobs 2` and of `nbgrader autograde`, on the
 * same submissions in the same run, and the grader's own memory meanwhile. The numbers as JSON are the last line.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { nbgraderConfig } from '../../src/grading/nbgrader/config.ts'
import { nbgraderPython } from '../../test/conformance/nbgrader-environment.ts'
import { type Course, makeCourse } from './course.ts'

const root = join(import.meta.dirname, '..', '..')
const LOOK_MS = 200

const HELP = `npm run bench -- grading [--submissions N] [--nbgrader N] [--jobs N]

Submissions a minute of "socketlab grade run" and of "nbgrader autograde" on the same exercise, one after the other, and
the memory of the grader itself meanwhile. The last line has the numbers as JSON.

  --submissions N  how many are graded (200)
  --nbgrader N     how many of them nbgrader gets, which does one after the other (20)
  --jobs N         how many "grade run" grades at a time (2)
`

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    submissions: { type: 'string', default: '200' },
    nbgrader: { type: 'string', default: '20' },
    jobs: { type: 'string', default: '2' },
  },
})
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const submissions = countOf(values.submissions)
const theirs = Math.min(submissions, countOf(values.nbgrader))

function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  process.stderr.write(`${text} is no number of submissions\n\n${HELP}`)
  process.exit(2)
}

interface Timed {
  seconds: number
  /** Resident memory of the process itself, in MiB, at each look. */
  memory: number[]
}

function timed(command: string, args: readonly string[], cwd: string, env = process.env): Promise<Timed> {
  const started = performance.now()
  const memory: number[] = []
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000)
    })
    const timer = setInterval(() => memory.push(residentMiB(child.pid as number)), LOOK_MS)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearInterval(timer)
      const seconds = (performance.now() - started) / 1000
      if (code === 0) resolve({ seconds, memory: memory.filter((one) => one > 0) })
      else reject(new Error(`${command} ended with ${code}: ${said}`))
    })
  })
}

function residentMiB(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

function ours({ folder, source }: Course): Promise<Timed> {
  const cli = join(root, 'dist', 'cli.mjs')
  const to = join(folder, 'graded')
  const args = [cli, 'grade', 'run', join(folder, 'submitted'), '--source', source, '-o', to, '--jobs', values.jobs]
  return timed(process.execPath, args, folder)
}

async function nbgrader({ folder, name }: Course): Promise<Timed> {
  const python = await nbgraderPython()
  const program = join(dirname(python), 'nbgrader')
  // It calls programs of its own environment by name.
  const path = `${dirname(python)}${delimiter}${process.env.PATH}`
  const env = { ...process.env, PATH: path, JUPYTER_DATA_DIR: join(folder, 'jupyter'), HOME: folder }
  writeFileSync(join(folder, 'nbgrader_config.py'), nbgraderConfig({ id: 'bench', timeout: 30 }))
  await timed(process.execPath, [join(root, 'dist', 'cli.mjs'), 'install', '--user'], folder, env)
  await timed(program, ['generate_assignment', name], folder, env)
  return timed(program, ['autograde', name], folder, env)
}

const peak = (numbers: readonly number[]): number => Math.round(Math.max(0, ...numbers))
const rate = (count: number, { seconds }: Timed): number => Math.round((count / seconds) * 600) / 10

const scratch = mkdtempSync(join(tmpdir(), 'bench-grading-'))
try {
  console.log(`${submissions} submissions of one exercise, ${availableParallelism()} processors`)
  const we = await ours(makeCourse(join(scratch, 'ours'), submissions))
  const quarter = Math.ceil(we.memory.length / 4)
  const memory = { firstQuarter: peak(we.memory.slice(0, quarter)), lastQuarter: peak(we.memory.slice(-quarter)) }
  console.log(
    `socketlab grade run --jobs ${values.jobs}: ${rate(submissions, we)} a minute (${we.seconds.toFixed(1)} s)`,
  )
  console.log(
    `  the grader's memory: ${memory.firstQuarter} MiB in the first quarter, ${memory.lastQuarter} in the last`,
  )
  const they = await nbgrader(makeCourse(join(scratch, 'theirs'), theirs))
  console.log(`nbgrader autograde, ${theirs} of them: ${rate(theirs, they)} a minute (${they.seconds.toFixed(1)} s)`)
  const ratio = Math.round((rate(submissions, we) / rate(theirs, they)) * 10) / 10
  console.log(`${ratio} times as many`)
  console.log(JSON.stringify({ submissions, ours: rate(submissions, we), nbgrader: rate(theirs, they), ratio, memory }))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
