/**
 * Compilers for graded kernels: each in a sandbox of its own, used by one kernel at a time, and again by the next once it
 * has forgotten what the one before had. A submission's own took a third of its time, and began without practice.
 * Knows nothing of notebooks.
 */
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import * as z from 'zod'
import type {
  Answered,
  Asked,
  CompilerAnswers,
  CompilerRequest,
  ConvertRequest,
} from '../../../kernel/bridge/compiler-api.ts'
import { encodeFrame, frameReader } from '../../../kernel/bridge/compiler-framing.ts'
import { SOCKET_AT } from '../../../kernel/bridge/given-socket.ts'
import { buildSnapshot, compilerCommand, compilerEnvironment } from '../../../kernel/bridge/snapshot.mjs'
import { GRADING_ENV } from './grading-kernel.ts'
import { CHANNEL, type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts'
import { standsAlone } from './stands-alone.ts'

/** A checker keeps something of every cell it has seen: 3 MiB of a large assignment's, each time. */
const MOST_USES = 20
const MOST_BYTES = 32 * 2 ** 20

export interface Compilers {
  /**
   * Answers a kernel's questions until its end of the socket closes; closes it where the kernel is to use a compiler of
   * its own.
   *
   * @param isAsked whether this is the cell that the kernel was last told to run: it has nothing else to ask
   */
  serve(kernel: Duplex, isAsked: (code: string) => boolean): void
  close(): Promise<void>
}

/** What a kernel asks. Whatever else comes was written by a cell. */
const askedSchema = z.object({
  id: z.string(),
  request: z.object({
    kind: z.literal('convert'),
    after: z.string(),
    code: z.string(),
    name: z.string(),
    check: z.boolean().optional(),
  }),
})

interface Compiler {
  ask<Request extends CompilerRequest>(request: Request): Promise<CompilerAnswers[Request['kind']]>
  readonly sandbox: Sandbox
  uses: number
}

type Where = Pick<SandboxOptions, 'means' | 'packageRoot' | 'node' | 'limits'>

export function createCompilers({ packageRoot, node, ...rest }: Where): Compilers {
  const alive = new Set<Compiler>()
  let idle: Compiler[] = []
  let closed = false

  async function start(): Promise<Compiler> {
    const bundle = join(packageRoot, 'dist', 'kernel', 'compiler.cjs')
    // No graded kernel makes one. Without it grading is slower, and no worse.
    if (process.env.SOCKETLAB_SNAPSHOT !== 'off') await buildSnapshot(bundle).catch(() => {})
    const { command, fromSnapshot } = compilerCommand(bundle)
    const sandbox = await startSandbox({
      ...{ packageRoot, node, ...rest, secret: '', channel: true },
      // It may lie in the grader's own folder.
      reads: fromSnapshot ? [command.at(-1) as string] : [],
      // What it may use is a submission's, each time.
      limits: { ...rest.limits, cpuSeconds: rest.limits.cpuSeconds * MOST_USES },
      env: { ...compilerEnvironment(GRADING_ENV), [SOCKET_AT]: String(CHANNEL) } as Record<string, string>,
      command: () => command,
    })
    const compiler = { ...talkTo(sandbox), sandbox, uses: 0 }
    alive.add(compiler)
    void sandbox.ended.then(() => {
      alive.delete(compiler)
      idle = idle.filter((one) => one !== compiler)
    })
    if (closed) sandbox.kill('stopped')
    return compiler
  }

  async function giveBack(compiler: Compiler): Promise<void> {
    const { forgotten } = ++compiler.uses < MOST_USES ? await compiler.ask({ kind: 'forget' }) : { forgotten: false }
    if (forgotten && !closed) idle.push(compiler)
    else compiler.sandbox.kill('stopped')
  }

  return {
    serve(kernel, isAsked) {
      let mine: Promise<Compiler> | undefined
      let busy = false
      const take = () => {
        const one = idle.pop()
        return one ? Promise.resolve(one) : start()
      }
      const answer = async (frame: unknown): Promise<void> => {
        const asked = askedSchema.safeParse(frame)
        if (!asked.success || busy || closed) return void kernel.destroy()
        const { id, request } = asked.data
        if (!isAsked(request.code) || !standsAlone(request.code)) return void kernel.destroy()
        busy = true
        mine ??= take()
        try {
          const reply: Answered = { id, answer: await (await mine).ask(request as ConvertRequest) }
          kernel.write(encodeFrame(reply))
        } catch {
          kernel.destroy()
        }
        busy = false
      }
      const read = frameReader((frame) => void answer(frame), MOST_BYTES)
      kernel.on('data', (chunk: Buffer) => {
        try {
          read(chunk)
        } catch {
          kernel.destroy()
        }
      })
      kernel.on('close', () => {
        if (!mine) return
        // One that is still busy with it would keep the next one waiting.
        const stopped = busy
        mine.then((one) => (stopped ? one.sandbox.kill('stopped') : giveBack(one))).catch(() => {})
      })
    },
    async close() {
      closed = true
      for (const { sandbox } of alive) sandbox.kill('stopped')
      await Promise.all([...alive].map(({ sandbox }) => sandbox.ended))
    },
  }
}

/** Questions and answers in their order. */
function talkTo({ channel, ended }: Sandbox): Pick<Compiler, 'ask'> {
  let waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = []
  channel?.on(
    'data',
    frameReader((frame) => waiting.shift()?.resolve((frame as Answered).answer)),
  )
  const fail = () => {
    for (const one of waiting) one.reject(new Error('the compiler has ended'))
    waiting = []
  }
  void ended.then(fail)
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (!channel?.writable) return reject(new Error('the compiler has ended'))
        waiting.push({ resolve: resolve as (answer: unknown) => void, reject })
        channel.write(encodeFrame({ id: '', request } satisfies Asked))
      }),
  }
}
