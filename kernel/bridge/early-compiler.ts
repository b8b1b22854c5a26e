/**
 * The first compiler process, started by the main thread while the io thread still boots: it is what the first cell
 * waits for, and a twentieth of a second counts. It finds the io thread over a UNIX socket, since a pipe belongs to the
 * thread that made it. Linux only; elsewhere, without a snapshot or with a log, the io thread starts it as any later one.
 * Knows nothing of what is said over the socket.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import type { Server, Socket } from 'node:net'
import { KERNEL_AT } from './early-call.ts'
import { compilerCommand, compilerEnvironment } from './snapshot.mjs'

/** Where the compiler calls (in the abstract namespace), and the word by which it is known: names there are public. */
export interface EarlyCompiler {
  command: readonly string[]
  pid: number
  name: string
  secret: string
}

/** The first answer goes out before this thread loads what listens; the compiler starts for longer, and calls again. */
const LISTEN_AFTER_MS = 20

/** Not node:crypto, whose loading takes milliseconds of every start. */
function randomWord(): string {
  const bytes = Buffer.alloc(16)
  const source = openSync('/dev/urandom', 'r')
  readSync(source, bytes)
  closeSync(source)
  return bytes.toString('hex')
}

/** In the main thread. `language`: what the compiler is told besides. `onEnd` is called when the process ends, or cannot be started. */
export function startEarly(
  bundle: string,
  language: readonly string[],
  onEnd: (why: string) => void,
): EarlyCompiler | undefined {
  if (process.platform !== 'linux' || process.env.SOCKETLAB_LOG) return undefined
  const { command, fromSnapshot } = compilerCommand(bundle)
  if (!fromSnapshot) return undefined
  const name = `socketlab-${randomWord()}`
  const secret = randomWord()
  const [program, ...args] = command as [string, ...string[]]
  const env = { ...compilerEnvironment(process.env), [KERNEL_AT]: `${name} ${secret}` }
  // Neither thread loads what only the other needs.
  const { spawn } = process.getBuiltinModule('node:child_process')
  const child = spawn(program, [...args, ...language], { stdio: 'ignore', env })
  child.on('error', (error) => onEnd(`the compiler cannot be started: ${error.message}`))
  child.on('exit', (code, signal) => onEnd(`the compiler ended (${signal ?? code})`))
  child.unref()
  return child.pid === undefined ? undefined : { command, pid: child.pid, name, secret }
}

/** In the io thread: resolves with the compiler's connection. `giveUp` ends the waiting. */
export function awaitEarly({ name, secret }: EarlyCompiler): { connection: Promise<Socket>; giveUp(): void } {
  let server: Server | undefined
  let timer: NodeJS.Timeout | undefined
  const connection = new Promise<Socket>((resolve, reject) => {
    timer = setTimeout(() => {
      const listening = process.getBuiltinModule('node:net').createServer()
      server = listening
      listening.on('error', reject)
      listening.on('connection', (socket) => {
        socket.on('error', () => {})
        socket.once('data', (word) => {
          // The secret comes alone: the compiler answers, it does not begin.
          if (word.toString() !== secret) return void socket.destroy()
          listening.close()
          resolve(socket)
        })
      })
      listening.listen(`\0${name}`)
    }, LISTEN_AFTER_MS)
  })
  return {
    connection,
    giveUp() {
      clearTimeout(timer)
      server?.close()
    },
  }
}
