/**
 * What one submission is run on: its own kernel and, where checks judge from outside, that of the checks beside it, in
 * one network and with nothing else in common. Knows sandboxes; nothing of cells.
 */
import { type SandboxedKernel, type SandboxedKernelOptions, startSandboxedKernel } from '../sandbox/kernel.ts'
import { openNetwork } from '../sandbox/network.ts'
import type { EndReason } from '../sandbox/sandbox.ts'

export interface Bench {
  readonly student: SandboxedKernel
  /** Where the source's own code runs, and checks that judge from outside; undefined: none do, or none can here. */
  readonly judge: SandboxedKernel | undefined
  /** Ends all of it now. */
  kill(why: EndReason): void
  stop(): Promise<void>
}

export async function startBench(options: SandboxedKernelOptions, outside: boolean): Promise<Bench> {
  if (!outside) return benchOf(await startSandboxedKernel(options), undefined, () => {})
  const { means, packageRoot, node, limits } = options
  const { bwrap } = means
  const network = bwrap && (await openNetwork(bwrap, { packageRoot, node, diskBytes: limits.diskBytes }))
  // Both would have networks of their own: there is nothing that a check could call.
  if (bwrap && !network) return benchOf(await startSandboxedKernel(options), undefined, () => {})
  const close = () => network?.close()
  const [student, judge] = await Promise.allSettled([
    startSandboxedKernel({ ...options, network }),
    startSandboxedKernel({ ...options, network, judging: true }),
  ])
  if (student.status === 'fulfilled' && judge.status === 'fulfilled') return benchOf(student.value, judge.value, close)
  for (const one of [student, judge]) if (one.status === 'fulfilled') await one.value.stop()
  close()
  throw [student, judge].find((one) => one.status === 'rejected')?.reason
}

const benchOf = (student: SandboxedKernel, judge: SandboxedKernel | undefined, close: () => void): Bench => ({
  student,
  judge,
  kill(why) {
    student.sandbox.kill(why)
    judge?.sandbox.kill(why)
  },
  async stop() {
    await Promise.all([student.stop(), judge?.stop()])
    close()
  },
})
