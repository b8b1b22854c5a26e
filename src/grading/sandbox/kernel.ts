/**
 * A kernel in a sandbox, with a client attached. It never sees the key that its verdicts are signed with: the thread
 * that signs has it from a file which is gone before the first cell.
 */
import { randomUUID } from 'node:crypto'
import { SOCKET_AT } from '../../../kernel/bridge/given-socket.ts'
import { firstAnswer } from '../../../kernel/client/first-answer.ts'
import { connectKernel, type KernelClient } from '../../../kernel/client/kernel-client.ts'
import type { Connection } from '../../../kernel/protocol/connection-file.ts'
import { SOCKETS } from './bubblewrap.ts'
import type { Compilers } from './compilers.ts'
import { GRADING_ENV, gradingCommand } from './grading-kernel.ts'
import type { Limits } from './limits.ts'
import type { SharedNetwork } from './network.ts'
import { CHANNEL, type EndReason, type Means, type Sandbox, startSandbox } from './sandbox.ts'

const MIB = 2 ** 20
/** V8's heap, of the memory of all processes together: the compiler, Buffers and Node itself need the rest. */
const HEAP_SHARE = 0.5
/** On a machine that has much else to do. */
const START_SECONDS = 60

export interface SandboxedKernelOptions {
  readonly means: Means
  readonly packageRoot: string
  readonly node: string
  readonly limits: Limits
  /** The kernel's program and arguments, with `{connection_file}`. */
  readonly argv: readonly string[]
  /** What its random cases are made from. */
  readonly seed: string
  readonly network?: SharedNetwork | undefined
  /** True: its checks judge functions of another kernel. */
  readonly judging?: boolean
  /** Who compiles for it. Default: a compiler of its own. */
  readonly compilers?: Compilers | undefined
}

export interface SandboxedKernel {
  readonly client: KernelClient
  /** Runs a cell, as the client's `execute` does. */
  execute: KernelClient['execute']
  /** Signs verdicts. */
  readonly secret: string
  readonly sandbox: Sandbox
  /** Resolves to why it has ended. */
  readonly ended: Promise<EndReason>
  stop(): Promise<void>
}

/** The kernel never came up, or is gone. */
export class SandboxEnded extends Error {
  override readonly name = 'SandboxEnded'
  readonly reason: EndReason

  constructor(reason: EndReason, said: string) {
    super(said === '' ? `the kernel has ended (${reason})` : said)
    this.reason = reason
  }
}

export async function startSandboxedKernel(options: SandboxedKernelOptions): Promise<SandboxedKernel> {
  const secret = randomUUID()
  const inside: Connection & { grading_secret: string } = {
    transport: 'ipc',
    ip: `${SOCKETS}/k`,
    shell_port: 1,
    iopub_port: 2,
    stdin_port: 3,
    control_port: 4,
    hb_port: 5,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
    grading_secret: secret,
  }
  const heap = Math.floor((options.limits.memoryBytes / MIB) * HEAP_SHARE)
  const sandbox = await startSandbox({
    ...options,
    channel: options.compilers !== undefined,
    secret: JSON.stringify(inside),
    env: {
      ...GRADING_ENV,
      SOCKETLAB_SEED: options.seed,
      ...(options.judging && { SOCKETLAB_JUDGING: 'on' }),
      ...(options.compilers && { [SOCKET_AT]: String(CHANNEL) }),
    },
    command: (file) =>
      gradingCommand(options.argv, file).map((word) =>
        word.startsWith('--max-old-space-size=') ? `--max-old-space-size=${heap}` : word,
      ),
  })
  let running: string | undefined
  if (sandbox.channel) options.compilers?.serve(sandbox.channel, (code) => code === running)
  const client = await connectKernel({ ...inside, ip: `${sandbox.sockets}/k` }, () => sandbox.kill('forged')).catch(
    (error: unknown) => {
      // No sockets left for instance: nobody would ever end it.
      sandbox.kill('stopped')
      throw error
    },
  )
  const ended = sandbox.ended.then((reason) => {
    client.fail(new SandboxEnded(reason, sandbox.said().trim()))
    return reason
  })
  const stop = async () => {
    sandbox.kill('stopped')
    await ended
    client.close()
  }
  try {
    await firstAnswer(client, (seconds) => {
      if (seconds >= START_SECONDS) sandbox.kill('time')
    })
  } catch (error) {
    await stop()
    throw error
  }
  const execute: KernelClient['execute'] = (code, how) => {
    running = code
    return client.execute(code, how)
  }
  return { client, execute, secret, sandbox, ended, stop }
}
