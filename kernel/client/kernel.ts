/**
 * A running kernel with a client attached: what headless runs, grading, tests and benchmarks start from.
 */
import { firstAnswer } from './first-answer.ts'
import { connectKernel, type KernelClient } from './kernel-client.ts'
import { type KernelProcess, type KernelProcessOptions, startKernelProcess } from './kernel-process.ts'

export interface Kernel extends KernelClient {
  readonly process: KernelProcess
  /** The answer to the first kernel_info_request. */
  readonly info: Record<string, unknown>
  /** Asks it to end, and ends it where it does not. */
  stop(): Promise<void>
}

/** The kernel process ended while it was asked. */
export class KernelDied extends Error {
  override readonly name = 'KernelDied'
}

const STOP_GRACE_MS = 3000

/** Starts a kernel and resolves once it has answered. Rejects with {@link KernelDied} where it ends instead. */
export async function startKernel(options: KernelProcessOptions): Promise<Kernel> {
  const process = startKernelProcess(options)
  const client = await connectKernel(process.connection).catch(async (error: Error) => {
    await process.kill()
    throw error
  })
  let stopping = false
  const died = process.exited.then(({ code, signal }) => {
    if (stopping) return
    const said = process.stderr().trim()
    client.fail(new KernelDied(`the kernel ended (${signal ?? `exit code ${code}`})${said ? `: ${said}` : ''}`))
  })
  try {
    const { reply } = await firstAnswer(client)
    return {
      ...client,
      process,
      info: reply.content,
      async stop() {
        stopping = true
        if (process.child.exitCode === null && process.child.signalCode === null) {
          // The reply may be lost with the process: its end is what counts.
          void client.shutdown().catch(() => {})
          const timer = setTimeout(() => process.child.kill('SIGKILL'), STOP_GRACE_MS)
          await process.exited
          clearTimeout(timer)
        }
        client.close()
        await process.kill()
      },
    }
  } catch (error) {
    await died
    client.close()
    await process.kill()
    throw error
  }
}
