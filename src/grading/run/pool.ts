/**
 * The executor of this machine: sandboxed kernels, so many at a time. The next one starts while jobs run, so that a job
 * finds its kernel ready; none is used twice. Knows nothing of what jobs are for.
 */
import { type SandboxedKernel, type SandboxedKernelOptions, startSandboxedKernel } from '../sandbox/kernel.ts'
import type { Means } from '../sandbox/sandbox.ts'
import { execute } from './execute.ts'
import type { Executor } from './executor.ts'
import type { Job } from './job.ts'

export interface PoolOptions extends Omit<SandboxedKernelOptions, 'limits' | 'seed'> {
  readonly means: Means
  readonly width: number
}

export function createPool(options: PoolOptions): Executor {
  const alive = new Set<SandboxedKernel>()
  let closed = false

  async function start({ limits, seed }: Job): Promise<SandboxedKernel> {
    const kernel = await startSandboxedKernel({ ...options, limits, seed })
    alive.add(kernel)
    if (closed) await kernel.stop()
    return kernel
  }

  return {
    width: options.width,
    async run(job, signal) {
      signal.throwIfAborted()
      const kernel = await start(job)
      const stop = () => kernel.sandbox.kill('stopped')
      signal.addEventListener('abort', stop, { once: true })
      try {
        const run = await execute(job, kernel)
        signal.throwIfAborted()
        const { bwrap } = options.means
        const warning = bwrap === undefined ? options.means.warning : undefined
        return { ...run, sandbox: bwrap === undefined ? 'limits only' : 'bubblewrap', warning }
      } finally {
        signal.removeEventListener('abort', stop)
        alive.delete(kernel)
        await kernel.stop()
      }
    },
    async close() {
      closed = true
      await Promise.all([...alive].map((kernel) => kernel.stop()))
    },
  }
}
