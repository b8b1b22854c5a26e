/**
 * The executor of this machine: sandboxed kernels, so many at a time. While jobs run, the next kernels start, so that a
 * job finds one that is ready; none is used twice. Knows nothing of what jobs are for.
 */
import { type Compilers, createCompilers } from '../sandbox/compilers.ts'
import { SandboxEnded, type SandboxedKernelOptions } from '../sandbox/kernel.ts'
import { type Bench, startBench } from './bench.ts'
import { execute } from './execute.ts'
import type { Executor } from './executor.ts'
import type { Job } from './job.ts'
import type { Run } from './record.ts'
import { runThrough } from './run-through.ts'

export interface PoolOptions extends Omit<SandboxedKernelOptions, 'limits' | 'seed' | 'compilers'> {
  readonly width: number
  /** Kernels have compilers in common, one after the other. */
  readonly sharesCompilers: boolean
}

/** What is to be known before its kernels start. */
const kindOf = ({ limits, seed, teachers }: Job): string => JSON.stringify([limits, seed, teachers.length > 0])

const NOT_OUTSIDE =
  'judged in the student’s own process: two sandboxes cannot share a network here (is nsenter of util-linux installed?)'

const KILLED = 'its sandbox was ended from outside; run it again to go on'

export function createPool(options: PoolOptions): Executor {
  const { width, means } = options
  const alive = new Set<Bench>()
  /** By the limits that hold for them. */
  const compilers = new Map<string, Compilers>()
  /** Started for jobs that will come. */
  let ready: { readonly kind: string; readonly bench: Promise<Bench> }[] = []
  let expected = 0
  let closed = false

  function compilersOf({ limits }: Job): Compilers | undefined {
    if (!options.sharesCompilers) return undefined
    const key = JSON.stringify(limits)
    const known = compilers.get(key) ?? createCompilers({ ...options, limits })
    compilers.set(key, known)
    return known
  }

  async function start(job: Job): Promise<Bench> {
    const { limits, seed, teachers } = job
    const bench = await startBench({ ...options, limits, seed, compilers: compilersOf(job) }, teachers.length > 0)
    alive.add(bench)
    if (closed) await bench.stop()
    return bench
  }

  function prepare(job: Job): void {
    while (!closed && ready.length < Math.min(width, expected)) {
      const bench = start(job)
      // Whoever takes it learns of it.
      bench.catch(() => {})
      ready.push({ kind: kindOf(job), bench })
    }
  }

  async function take(job: Job): Promise<Bench> {
    expected = Math.max(0, expected - 1)
    const at = ready.findIndex(({ kind }) => kind === kindOf(job))
    const [prepared] = at < 0 ? [] : ready.splice(at, 1)
    const bench = prepared?.bench ?? start(job)
    prepare(job)
    // One that did not come up says nothing about the job.
    return bench.catch(() => start(job))
  }

  async function runOnce(job: Job, signal: AbortSignal) {
    signal.throwIfAborted()
    const bench = await take(job)
    const stop = () => bench.kill('stopped')
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    try {
      const run = await execute(job, bench)
      signal.throwIfAborted()
      if (run.cut?.reason === 'killed') throw new SandboxEnded('killed', KILLED)
      return run
    } finally {
      signal.removeEventListener('abort', stop)
      alive.delete(bench)
      await bench.stop()
    }
  }

  return {
    width,
    expect(jobs) {
      expected = jobs
    },
    async run(job, signal): Promise<Run> {
      const run = await runThrough(job, (part) => runOnce(part, signal))
      if (means.bwrap === undefined) return { ...run, sandbox: 'limits only', warning: means.warning }
      const inside = run.cells.some(({ index, outside }) => job.cells[index]?.outside && !outside)
      return { ...run, sandbox: 'bubblewrap', warning: inside ? NOT_OUTSIDE : undefined }
    },
    async close() {
      closed = true
      const started = ready
      ready = []
      for (const { bench } of started) await bench.catch(() => {})
      await Promise.all([...alive].map((bench) => bench.stop()))
      await Promise.all([...compilers.values()].map((one) => one.close()))
    },
  }
}
