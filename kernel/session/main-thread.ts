/**
 * The main thread seen from the io thread: its port, and the hard ways to stop what it does.
 * Knows nothing of Jupyter's messages.
 */
import type { Session } from 'node:inspector'
import type { MessagePort } from 'node:worker_threads'
import type { ToIo, ToMain } from '../bridge/threads.ts'
import { descendants, readProc } from './processes.ts'
import type { Signals } from './signals.ts'
import { othersCompute, watchForStarving } from './starved.ts'

/** How much longer a main thread may take that waits for a processor, and how many times as long. */
const STARVED_MS = 1000
const STARVED_TIMES = 4
/** What native code is waited for, such as a collection of garbage: to end it before would change nothing. */
const NATIVE_MS = 250
/** How often is looked whether any thread computes; twice none is none. */
const SAMPLE_MS = 1
/** What main may take behind that to come back to its loop, or to answer another question of this thread. */
const BEHIND_MS = 1

export interface MainThread {
  post(message: ToMain): void
  /** Resolves once main has loaded what runs cells. Until then it must not be ended in what it does. */
  readonly loaded: Promise<void>
  isLoaded(): boolean
  /**
   * Resolves to true once main has come back to its loop, to false when it has not after `timeoutMs`. While it only
   * waits for a processor, or collects garbage (unless that counts as nothing), it is given more time.
   */
  responds(timeoutMs: number, mayCollect?: boolean): Promise<boolean>
  /** Ends the JavaScript that runs now, as if it had never been; `finally` blocks do not run. */
  terminateExecution(): void
  /** Wakes main from what blocks it: EINTR for a system call, SIGINT (a terminal's Ctrl-C) for processes it started. */
  interruptSystemCalls(): void
  /** Ends the processes that cells have started: a server among them would keep its port from the next kernel. */
  endChildren(): void
  /** What main's heap holds, garbage too unless that is to be collected first; answered also while main computes. */
  heapBytes(collectFirst: boolean): Promise<number>
}

/**
 * Those of the main thread alone: later compilers are started by this one, and all let SIGINT pass. Not those that are
 * in a group of their own (`detached`).
 */
function signalChildren(signal: 'SIGINT' | 'SIGTERM'): void {
  const group = groupOf('self')
  // As a terminal's Ctrl-C reaches all that a shell has started: else its command goes on, and holds our pipe open. Found
  // before any of them ends: a shell that is gone no longer leads to the command that it ran.
  for (const child of [...descendants('self', [String(process.pid)])]) {
    if (groupOf(child) !== group) continue
    try {
      process.kill(child, signal)
    } catch {
      // It has just ended by itself.
    }
  }
}

/** The third field behind the name, which stands in brackets and may hold any. */
const groupOf = (pid: number | 'self'): string | undefined =>
  readProc(`${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')[2]

/** What is not for this file itself. */
export type FromMain = Exclude<ToIo, { type: 'pong' | 'loaded' }>

export function mainThread(port: MessagePort, signals: Signals, onMessage: (message: FromMain) => void): MainThread {
  let inspector: Session | undefined
  let serial = 0
  const pings = new Map<number, () => void>()
  const loading = Promise.withResolvers<void>()
  let isLoaded = false
  port.on('message', (message: ToIo) => {
    if (message.type === 'pong') pings.get(message.serial)?.()
    else if (message.type === 'loaded') {
      isLoaded = true
      loading.resolve()
    } else onMessage(message)
  })
  function session(): Session {
    if (!inspector) {
      // Opened only when needed: connecting works while main spins, and takes a millisecond.
      inspector = new (process.getBuiltinModule('node:inspector').Session)()
      inspector.connectToMainThread()
    }
    return inspector
  }
  const ask = (method: string): Promise<object | undefined> =>
    new Promise((resolve, reject) => {
      session().post(method, (error, result) => (error ? reject(error) : resolve(result)))
    })
  const post = (message: ToMain) => port.postMessage(message)
  /** Resolves to true when main runs JavaScript, or has its loop; to false where the system holds it, or it computes on. */
  async function isReachable(): Promise<boolean> {
    const latest = performance.now() + NATIVE_MS
    let isReached = false
    // V8 answers between two steps of JavaScript, and not before a collection is over.
    const reached = ask('Runtime.getHeapUsage')
      .catch(() => {})
      .then(() => {
        isReached = true
      })
    let idle = 0
    while (!isReached && performance.now() < latest) {
      await Promise.race([reached, new Promise((resolve) => setTimeout(resolve, SAMPLE_MS))])
      // While garbage is collected main may wait, too, for threads that help it.
      idle = othersCompute() ? 0 : idle + 1
      if (!isReached && idle === 2) return false
    }
    return isReached
  }
  return {
    post,
    loaded: loading.promise,
    isLoaded: () => isLoaded,
    responds: (timeoutMs, mayCollect = true) =>
      new Promise((resolve) => {
        const id = ++serial
        const answer = (responded: boolean) => {
          clearTimeout(timer)
          pings.delete(id)
          resolve(responded)
        }
        const starved = watchForStarving(timeoutMs)
        const latest = performance.now() + timeoutMs * STARVED_TIMES + STARVED_MS
        let wasReached = !mayCollect
        const due = async (): Promise<void> => {
          if (!pings.has(id)) return
          if (performance.now() < latest && starved()) timer = later()
          else if (!wasReached && (await isReachable())) {
            wasReached = true
            timer = later(BEHIND_MS)
          } else answer(false)
        }
        // This thread may be late itself: an answer that is there already is read before what setImmediate calls.
        const later = (ms = timeoutMs) => setTimeout(() => setImmediate(due), ms)
        let timer = later()
        pings.set(id, () => answer(true))
        post({ type: 'ping', serial: id })
      }),
    terminateExecution: () => session().post('Runtime.terminateExecution', () => {}),
    async heapBytes(collectFirst) {
      if (collectFirst) await ask('HeapProfiler.collectGarbage')
      return ((await ask('Runtime.getHeapUsage')) as { usedSize: number }).usedSize
    },
    interruptSystemCalls() {
      signals.wake()
      signalChildren('SIGINT')
    },
    endChildren: () => signalChildren('SIGTERM'),
  }
}
