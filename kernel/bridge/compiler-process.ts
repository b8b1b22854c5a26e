/**
 * The compiler process seen from the io thread: started, asked, restarted when it dies or is stopped.
 *
 * It is a process and not a thread so that it can be replaced: after a restart every accepted cell is converted again,
 * in order, before the next question is put. Knows nothing of Jupyter's messages.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { CompilerAnswers, CompilerRequest, ConvertAnswer, ConvertRequest, Scope } from './compiler-api.ts'
import { encodeFrame, frameReader } from './compiler-framing.ts'

/** The compiler was stopped (■) or died while it worked on this request. */
export class CompilerStopped extends Error {
  override readonly name = 'CompilerStopped'
}

export interface Compiler {
  /** Are types checked? Of the cells that come from now on. */
  check: boolean
  /** Compiles a cell after all accepted ones: those without errors, but for `keep: false` (an expression asked aside). */
  convert(code: string, name: string, keep?: boolean): Promise<ConvertAnswer>
  ask<Kind extends 'complete' | 'inspect'>(
    kind: Kind,
    code: string,
    offset: number,
    source?: boolean,
  ): Promise<CompilerAnswers[Kind]>
  isComplete(code: string): Promise<CompilerAnswers['isComplete']>
  /** Stops whatever it is doing: what was asked rejects with {@link CompilerStopped}. The next question starts it anew. */
  restart(): void
  close(): void
}

interface Waiting {
  frame: Buffer
  resolve(answer: unknown): void
  reject(error: Error): void
}

/**
 * `command` is the program and its arguments; `fallback` is used from then on where that one ends before it has
 * answered anything (a broken snapshot). `onLog` gets what the process writes to its stderr.
 */
export function startCompiler(
  command: readonly string[],
  fallback: readonly string[] | undefined,
  onLog: (text: string) => void,
): Compiler {
  let current = command
  let answered = false
  let child: ChildProcess | undefined
  let waiting: Waiting[] = []
  let accepted: { code: string; name: string; check: boolean }[] = []
  let scope: Scope = ''
  /** Resolves once a restarted process knows the accepted cells again. */
  let ready: Promise<void> = Promise.resolve()
  let closed = false

  function start(): ChildProcess {
    const [program, ...args] = current as [string, ...string[]]
    const started = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    })
    child = started
    const read = frameReader((answer) => {
      answered = true
      waiting.shift()?.resolve(answer)
    })
    started.stdout.on('data', (chunk: Buffer) => child === started && read(chunk))
    started.stderr.on('data', (chunk: Buffer) => onLog(chunk.toString()))
    // Writing to a process that has just died: its exit is reported below.
    started.stdin.on('error', () => {})
    started.on('error', (error) => ended(started, `the compiler cannot be started: ${error.message}`))
    started.on('exit', (code, signal) => ended(started, `the compiler ended (${signal ?? code})`))
    return started
  }

  function ended(which: ChildProcess, why: string, stopped = false): void {
    if (child !== which) return
    child = undefined
    const asked = waiting
    waiting = []
    if (!answered && fallback && current !== fallback && !stopped) {
      current = fallback
      onLog(`${why}: starting it another way`)
      // Asked again: nothing of it was answered.
      const again = start()
      waiting = asked
      for (const { frame } of asked) again.stdin?.write(frame)
      return
    }
    for (const one of asked) one.reject(new CompilerStopped(why))
    if (!closed) onLog(`${why}\n`)
  }

  function send<Kind extends CompilerRequest['kind']>(
    request: { kind: Kind } & Partial<Omit<ConvertRequest, 'kind'>> & { offset?: number; source?: boolean },
  ): Promise<CompilerAnswers[Kind]> {
    return new Promise((resolve, reject) => {
      const frame = encodeFrame(request)
      waiting.push({ frame, resolve: resolve as Waiting['resolve'], reject })
      child?.stdin?.write(frame)
    })
  }

  const sendConvert = (code: string, name: string, check: boolean) =>
    send({ kind: 'convert', after: scope, code, name, check })

  async function revive(): Promise<void> {
    if (closed) throw new CompilerStopped('the kernel is shutting down')
    start()
    scope = ''
    const cells = accepted
    accepted = []
    for (const cell of cells) {
      const answer = await sendConvert(cell.code, cell.name, cell.check)
      if (!answer.ok) continue
      scope = answer.scope
      accepted.push(cell)
    }
  }

  async function alive(): Promise<void> {
    await ready
    if (child) return
    ready = revive()
    // A failed revival is told to whoever asked; the next question tries again.
    ready.catch(() => {
      ready = Promise.resolve()
    })
    await ready
  }

  start()
  return {
    check: true,
    async convert(code, name, keep = true) {
      const { check } = this
      await alive()
      let answer = await sendConvert(code, name, check)
      if (!answer.ok && answer.unknownScope) {
        // It was replaced behind our back: begin with the cells that it should know.
        this.restart()
        await alive()
        answer = await sendConvert(code, name, check)
      }
      if (answer.ok && keep) {
        scope = answer.scope
        accepted.push({ code, name, check })
      }
      return answer
    },
    async ask(kind, code, offset, source = false) {
      await alive()
      return send({ kind, after: scope, code, offset, ...(source && { source }) })
    },
    async isComplete(code) {
      await alive()
      return send({ kind: 'isComplete', code })
    },
    restart() {
      const old = child
      if (!old) return
      ended(old, 'the compiler was stopped', true)
      old.kill('SIGKILL')
    },
    close() {
      closed = true
      child?.stdin?.end()
      child?.kill('SIGKILL')
    },
  }
}
