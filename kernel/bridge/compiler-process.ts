/**
 * The compiler process seen from the io thread: started, asked, restarted when it dies or is stopped.
 *
 * It is a process and not a thread so that it can be replaced: after a restart every accepted cell is converted again,
 * in order, before the next question is put. Knows nothing of Jupyter's messages.
 */
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { type CompilerProcess, CompilerStopped } from './compiler.ts'
import type {
  Answered,
  Asked,
  CompilerAnswers,
  CompilerRequest,
  ConvertAnswer,
  ConvertRequest,
  Scope,
} from './compiler-api.ts'
import { encodeFrame, frameReader } from './compiler-framing.ts'
import { awaitEarly, type EarlyCompiler } from './early-compiler.ts'
import { compilerEnvironment } from './snapshot.mjs'
import { spareDescriptors } from './spare-descriptors.ts'

/** The compiler that was given is gone: one of its own is asked instead. */
class GivenGone extends Error {
  override readonly name = 'GivenGone'
}

interface Waiting {
  id: string
  frame: Buffer
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** A running compiler: frames go in and come out, whichever way it was started. */
interface Link {
  write(frame: Buffer): void
  kill(): void
}

/** How a compiler is started. */
export interface CompilerStart {
  /** The program and its arguments. */
  command: readonly string[]
  /** Used from then on where `command` ends before it has answered anything (a snapshot that is broken, or was replaced). */
  fallback?: readonly string[] | undefined
  /** The first one, where the main thread has started it already. */
  early?: EarlyCompiler | undefined
  /** One that somebody else has started, and may take away: used as long as it is there. */
  given?: Socket | undefined
}

/** `onLog` gets what the process writes to its stderr. */
export function startCompiler(
  { command, fallback, early, given }: CompilerStart,
  onLog: (text: string) => void,
): CompilerProcess & {
  /** The main thread says that the one it started has ended. */
  earlyEnded(why: string): void
} {
  let current = command
  /** Whether the process that runs now has answered anything. */
  let answered = false
  let link: Link | undefined
  let earlyLink: Link | undefined
  let givenLink: Link | undefined
  let waiting: Waiting[] = []
  let accepted: { code: string; name: string; check: boolean }[] = []
  let scope: Scope = ''
  /** While a restarted process is told the accepted cells. */
  let reviving: Promise<void> | undefined
  let closed = false
  const spare = spareDescriptors()
  /** The cell that is being converted: who asks right behind it means its names, too. */
  let converting: Promise<unknown> | undefined

  function reader(of: Link): (chunk: Buffer) => void {
    const read = frameReader((frame) => {
      const { id, answer } = frame as Answered
      if (waiting[0]?.id !== id) return
      answered = true
      waiting.shift()?.resolve(answer)
    })
    return (chunk) => {
      if (link === of) read(chunk)
    }
  }

  function start(): Link {
    answered = false
    const [program, ...args] = current as [string, ...string[]]
    // Not an import: the first compiler is started by the main thread, and the io thread's start is waited for.
    const { spawn } = process.getBuiltinModule('node:child_process')
    const env = compilerEnvironment(process.env)
    // Without descriptors for its streams a child has none, whatever its type says.
    const child: ChildProcess = spare.lend(() => spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env }))
    const started: Link = {
      write: (frame) => void child.stdin?.write(frame),
      kill: () => {
        child.stdin?.end()
        child.kill('SIGKILL')
      },
    }
    link = started
    child.stdout?.on('data', reader(started))
    child.stderr?.on('data', (chunk: Buffer) => onLog(chunk.toString()))
    // Writing to a process that has just died: its exit is reported below.
    child.stdin?.on('error', () => {})
    child.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EMFILE' ? 'too many files and sockets are open' : error.message
      ended(started, `the compiler cannot be started: ${why}`)
    })
    child.on('exit', (code, signal) => ended(started, `the compiler ended (${signal ?? code})`))
    return started
  }

  /** What is asked meanwhile waits for its call. */
  function adopt(one: EarlyCompiler): void {
    const { connection, giveUp } = awaitEarly(one)
    let socket: Socket | undefined
    let early: Buffer[] = []
    const started: Link = {
      write: (frame) => (socket ? void socket.write(frame) : void early.push(frame)),
      kill: () => {
        try {
          process.kill(one.pid, 'SIGKILL')
        } catch {
          // It has just ended.
        }
        giveUp()
        socket?.destroy()
      },
    }
    link = earlyLink = started
    connection.then(
      (connected) => {
        socket = connected
        socket.on('data', reader(started))
        socket.on('close', () => ended(started, 'the compiler ended'))
        for (const frame of early) socket.write(frame)
        early = []
      },
      (error: Error) => ended(started, `the compiler cannot be reached: ${error.message}`),
    )
  }

  function use(socket: Socket): void {
    const started: Link = { write: (frame) => void socket.write(frame), kill: () => void socket.destroy() }
    link = givenLink = started
    socket.on('data', reader(started))
    socket.on('error', () => {})
    socket.on('close', () => ended(started, 'the compiler that was given is gone'))
  }

  function ended(which: Link, why: string, stopped = false): void {
    if (link !== which) return
    link = undefined
    const asked = waiting
    waiting = []
    const wasGiven = which === givenLink
    if (!answered && fallback && current !== fallback && !stopped && !wasGiven) {
      current = fallback
      onLog(`${why}: starting it another way`)
      // Asked again: nothing of it was answered.
      const again = start()
      waiting = asked
      for (const { frame } of asked) again.write(frame)
      return
    }
    const error = wasGiven && !stopped ? new GivenGone(why) : new CompilerStopped(why)
    for (const one of asked) one.reject(error)
    if (!closed) onLog(`${why}\n`)
  }

  function send<Kind extends CompilerRequest['kind']>(
    request: { kind: Kind } & Partial<Omit<ConvertRequest, 'kind'>> & { offset?: number; source?: boolean },
  ): Promise<CompilerAnswers[Kind]> {
    return new Promise((resolve, reject) => {
      const id = randomUUID()
      const frame = encodeFrame({ id, request } as Asked)
      waiting.push({ id, frame, resolve: resolve as Waiting['resolve'], reject })
      link?.write(frame)
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
    let told = 0
    try {
      for (const cell of cells) {
        const answer = await sendConvert(cell.code, cell.name, cell.check)
        told++
        if (!answer.ok) continue
        scope = answer.scope
        accepted.push(cell)
      }
    } finally {
      // Stopped on the way (■ again, while a cell waits for this): the next revival begins with all of them.
      accepted.push(...cells.slice(told))
    }
  }

  const isAlive = () => link !== undefined && reviving === undefined

  /** What `put` asks, of a compiler that knows the cells before. */
  async function asked<Answer>(put: () => Promise<Answer>): Promise<Answer> {
    // Where it lives the question leaves before the caller goes on.
    if (!isAlive()) await alive()
    try {
      return await put()
    } catch (error) {
      if (!(error instanceof GivenGone)) throw error
      await alive()
      return put()
    }
  }

  /** A failed revival is told to whoever asked; the next question tries again. */
  async function alive(): Promise<void> {
    while (!isAlive()) {
      reviving ??= revive().finally(() => {
        reviving = undefined
      })
      await reviving
    }
  }

  function restart(): void {
    const old = link
    if (!old) return
    ended(old, 'the compiler was stopped', true)
    old.kill()
  }

  async function convert(check: boolean, code: string, name: string, keep: boolean): Promise<ConvertAnswer> {
    let answer = await asked(() => sendConvert(code, name, check))
    if (!answer.ok && answer.unknownScope) {
      // It was replaced behind our back: begin with the cells that it should know.
      restart()
      await alive()
      answer = await sendConvert(code, name, check)
    }
    if (answer.ok && keep) {
      scope = answer.scope
      accepted.push({ code, name, check })
    }
    return answer
  }

  if (given) use(given)
  else if (early) adopt(early)
  else start()
  return {
    check: true,
    earlyEnded(why) {
      if (earlyLink) ended(earlyLink, why)
    },
    convert(code, name, keep = true) {
      const conversion = convert(this.check, code, name, keep).finally(() => {
        if (converting === conversion) converting = undefined
      })
      converting = conversion
      return conversion
    },
    async ask(kind, code, offset, source = false) {
      if (converting) await converting.catch(() => {})
      return asked(() => send({ kind, after: scope, code, offset, ...(source && { source }) }))
    },
    async isComplete(code) {
      return asked(() => send({ kind: 'isComplete', code }))
    },
    keepStill: () => asked(() => send({ kind: 'keepStill' })),
    restart,
    close() {
      closed = true
      link?.kill()
    },
  }
}
