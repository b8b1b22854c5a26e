/**
 * Runs a job's cells in a sandboxed kernel, one after another, each within its limits, and notes what happened. A check
 * that judges from outside runs in the judge's kernel, where only the source's own cells were run before.
 * Believes of a check only what its kernel has signed for the cell that runs. Knows nothing of points or files.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ClientMessage } from '../../../kernel/client/kernel-client.ts'
import { SandboxEnded, type SandboxedKernel } from '../sandbox/kernel.ts'
import type { Bench } from './bench.ts'
import type { Job } from './job.ts'
import { type CellRun, type Run, type Verdict, verdictSchema } from './record.ts'
import { carry } from './relay.ts'
import type { WorkCell } from './restore.ts'

/** After ■, until the sandbox is ended. */
const STOP_GRACE_MS = 5000
/** Of all cells together, in limits of one cell. */
const OUTPUTS = 8
const ERROR_LENGTH = 2000

export async function execute(job: Job, bench: Bench): Promise<Pick<Run, 'cells' | 'cut' | 'seconds'>> {
  const started = performance.now()
  const cells: CellRun[] = []
  const outputs = { bytes: 0 }
  let cut: Run['cut']
  const wall = setTimeout(() => bench.kill('time'), job.limits.wallSeconds * 1000)
  const judge = bench.judge && createJudge(job, { ...bench, judge: bench.judge })
  try {
    for (const [index, cell] of job.cells.entries()) {
      const from = judge && cell.outside ? { index, outside: true } : { index }
      if (cut) {
        cells.push({ ...notRun(cell), ...from })
        continue
      }
      try {
        if (judge && cell.outside) {
          const { run, ended } = await judge(cell, outputs)
          cut = ended && { reason: ended.reason, said: ended.message }
          cells.push({ ...run, ...from })
        } else {
          const run = await runCell(cell, job, bench.student, outputs)
          const ended = await endOf(bench.student)
          cut = ended && { reason: ended.reason, said: ended.message }
          cells.push({ ...run, ...(ended && { status: 'not-run' as const }), ...from })
        }
      } catch (error) {
        if (!(error instanceof SandboxEnded)) throw error
        cut = { reason: error.reason, said: error.message }
        cells.push({ ...notRun(cell), ...from })
      }
    }
  } finally {
    clearTimeout(wall)
  }
  return { cells, cut, seconds: (performance.now() - started) / 1000 }
}

/** Its answer may come before the end of a kernel that had to go: the next cell would be taken for the culprit. */
async function endOf({ sandbox, ended }: SandboxedKernel): Promise<SandboxEnded | undefined> {
  return sandbox.isEnding() ? new SandboxEnded(await ended, sandbox.said().trim()) : undefined
}

type CellOutcome = Omit<CellRun, 'index'>
interface Outputs {
  bytes: number
}

/** Judges from outside: the source's own cells up to the check, then the check, in the judge's kernel. */
function createJudge(job: Job, bench: Bench & { judge: SandboxedKernel }) {
  const { student, judge } = bench
  let ended: SandboxEnded | undefined
  void student.ended.then((reason) => {
    ended = new SandboxEnded(reason, student.sandbox.said().trim())
  })
  let done = 0
  let slow = false

  /** Resolves to whether one of them had no time to finish: then nothing that the check says is the student's fault. */
  async function prepare(id: string | undefined, outputs: Outputs): Promise<boolean> {
    const upTo = job.teachers.findIndex((cell) => cell.id === id)
    for (; done < upTo; done++) {
      const cell = job.teachers[done] as WorkCell
      // What one of them lacks, a check that needs it will say.
      if (cell.kind !== 'check') slow = (await runCell(cell, job, judge, outputs)).status === 'timeout' || slow
    }
    return slow
  }
  return async (cell: WorkCell, outputs: Outputs): Promise<{ run: CellOutcome; ended: SandboxEnded | undefined }> => {
    const tooMuch = () => student.sandbox.kill('output')
    const meter = outputMeter(job.limits, outputs, tooMuch, tooMuch)
    const carried = carry(bench, meter)
    try {
      if (await prepare(cell.id, outputs)) return { run: { ...notRun(cell), status: 'timeout' }, ended }
      const run = await runCell(cell, job, judge, outputs)
      await endOf(student)
      // Without its kernel, what comes after the check cannot be run.
      return { run: ended ? { ...run, status: 'not-run' } : run, ended }
    } catch (error) {
      // From outside: no fault of the student's.
      if (!(error instanceof SandboxEnded) || error.reason === 'killed') throw error
      const text = `the kernel of the tests has ended: ${error.message}`
      return { run: { ...notRun(cell), status: 'error', error: text }, ended }
    } finally {
      carried.stop()
    }
  }
}

/** Counts what a cell puts out: too much for one, or too much with all before it. */
function outputMeter({ outputBytes }: Job['limits'], outputs: Outputs, ofOne: () => void, ofAll: () => void) {
  let bytes = 0
  return (message: ClientMessage): void => {
    const size = sizeOf(message)
    bytes += size
    outputs.bytes += size
    if (bytes > outputBytes) ofOne()
    if (outputs.bytes > outputBytes * OUTPUTS) ofAll()
  }
}

const notRun = ({ id, kind }: WorkCell): CellOutcome => ({
  ...{ id, kind, status: 'not-run', error: undefined },
  ...{ value: undefined, verdicts: [] },
})

async function runCell(
  { id, kind, source }: WorkCell,
  { limits }: Job,
  { client, execute, secret, sandbox }: SandboxedKernel,
  outputs: Outputs,
): Promise<CellOutcome> {
  let stopped: 'timeout' | 'output' | undefined
  let hardStop: NodeJS.Timeout | undefined
  const stop = (why: 'timeout' | 'output') => {
    if (stopped) return
    stopped = why
    client.interrupt().catch(() => {})
    hardStop = setTimeout(() => sandbox.kill(why === 'timeout' ? 'time' : 'output'), STOP_GRACE_MS)
  }
  const timer = setTimeout(stop, limits.cellSeconds * 1000, 'timeout')
  const meter = outputMeter(
    limits,
    outputs,
    () => stop('output'),
    () => sandbox.kill('output'),
  )
  let value: string | undefined
  const verdicts: Verdict[] = []
  try {
    const { reply } = await execute(source, {
      stop_on_error: false,
      onMessage(message) {
        const verdict = kind === 'student' ? undefined : verdictOf(message, secret)
        if (verdict) verdicts.push(verdict)
        value = textValueOf(message) ?? value
        meter(message)
      },
    })
    const { content } = reply
    const failed = content.status === 'error' ? `${content.ename}: ${content.evalue}` : undefined
    const status = stopped ?? (content.status === 'ok' ? 'ok' : content.status === 'error' ? 'error' : 'not-run')
    return { id, kind, status, error: failed?.slice(0, ERROR_LENGTH), value, verdicts }
  } finally {
    clearTimeout(timer)
    clearTimeout(hardStop)
  }
}

/** What the kernel has signed for the request that this message belongs to; anything else is no verdict. */
function verdictOf({ header, parentHeader, content }: ClientMessage, secret: string): Verdict | undefined {
  if (header.msg_type !== 'socketlab_verdict') return undefined
  const { result, signature } = content
  if (typeof result !== 'string' || typeof signature !== 'string') return undefined
  const { msg_id } = parentHeader as { msg_id: string }
  const right = createHmac('sha256', secret).update(`${msg_id}\n${result}`).digest()
  const given = Buffer.from(signature, 'hex')
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  const parsed = verdictSchema.safeParse(JSON.parse(result))
  return parsed.success ? parsed.data : undefined
}

function textValueOf({ header, content }: ClientMessage): string | undefined {
  if (header.msg_type !== 'execute_result') return undefined
  const text = (content.data as Record<string, unknown> | undefined)?.['text/plain']
  return typeof text === 'string' ? text : undefined
}

function sizeOf({ header, content }: ClientMessage): number {
  if (header.msg_type === 'stream') return String(content.text).length
  if (header.msg_type === 'status' || header.msg_type === 'execute_input') return 0
  return JSON.stringify(content).length
}
