/**
 * One cell in a kernel of its own: started, asked, ended. Knows the kernel's client; nothing of notebooks' files.
 */
import { KernelDied } from '../../kernel/client/kernel.ts'
import { type ClientMessage, connectKernel, type KernelClient } from '../../kernel/client/kernel-client.ts'
import { startKernelProcess } from '../../kernel/client/kernel-process.ts'

export interface EvaluateOptions {
  /** The kernel's program and arguments, with `{connection_file}`. */
  argv: readonly string[]
  env?: NodeJS.ProcessEnv
  /** Aborting it ends the kernel, also one that has never answered. */
  signal: AbortSignal
}

const STOP_GRACE_MS = 1000

/**
 * The result's `text/plain`; undefined where the cell has none.
 *
 * @throws {KernelDied} the kernel ended instead of answering, with what it said
 * @throws the signal's reason
 */
export async function evaluateOnce(code: string, { argv, env, signal }: EvaluateOptions): Promise<string | undefined> {
  const kernel = startKernelProcess({ argv, ...(env ? { env } : {}) })
  let client: KernelClient | undefined
  const ended = kernel.exited.then(({ code: exit, signal: by }) => {
    throw new KernelDied(`the kernel ended (${by ?? `exit code ${exit}`}): ${kernel.stderr().trim()}`)
  })
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  // Whichever loses the race has nobody who listens any more.
  for (const one of [ended, aborted]) one.catch(() => {})
  try {
    client = await connectKernel(kernel.connection)
    const answer = client.execute(code)
    answer.catch(() => {})
    const { reply, iopub } = await Promise.race([answer, ended, aborted])
    const { content } = reply
    if (content.status !== 'ok') throw new Error('evalue' in content ? String(content.evalue) : content.status)
    return iopub.map(resultOf).find((text) => text !== undefined)
  } finally {
    if (client && !signal.aborted) await quietEnd(client)
    client?.close()
    await kernel.kill()
  }

  async function quietEnd(asked: KernelClient): Promise<void> {
    asked.shutdown().catch(() => {})
    let timer: NodeJS.Timeout | undefined
    const grace = new Promise((resolve) => {
      timer = setTimeout(resolve, STOP_GRACE_MS)
    })
    await Promise.race([kernel.exited, grace])
    clearTimeout(timer)
  }
}

function resultOf({ header, content }: ClientMessage): string | undefined {
  if (header.msg_type !== 'execute_result') return undefined
  const text = (content.data as Record<string, unknown>)['text/plain']
  return typeof text === 'string' ? text : undefined
}
