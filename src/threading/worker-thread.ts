/**
 * `threading.WorkerThread`: a thread of the system, with a JavaScript engine of its own, for calls that block.
 *
 * Knows the worker's program only as text (worker-program.ts). A stop goes first through the thread's stop signal, so
 * that `finally` and `using` run there, and a second later through the engine.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { KeyboardInterrupt } from '../errors/keyboard-interrupt.ts'
import { StopSignal } from '../socket/block.ts'
import { checkNames, host, NO_WAIT, onInterrupt } from '../wait/index.ts'
import { isNamed, kind, truth, type WaitOptions, waitOptions } from './options.ts'
import { nextNumber } from './registry.ts'
import { beFair, Waiters } from './waiters.ts'
import { type FromWorker, workerProgram, workerSetup } from './worker-program.ts'

/** What `new threading.WorkerThread({ … })` takes. */
export interface WorkerThreadOptions {
  /** The file that has the function: a path (from the working directory on), or a `file:` URL. */
  module: string | URL
  /** The name by which the module exports it. */
  target: string
  /** What it is called with. Values are copied; a connection is handed over by its number: `conn.detach()`. */
  args?: readonly unknown[] | undefined
  /** How it is called in messages; default `Worker-1 (name of the target)`. */
  name?: string | undefined
  /** A daemon does not keep a plain Node program alive; default: false. */
  daemon?: boolean | undefined
}

/** How long a thread may take in its `catch` and `finally` after it was told to stop. */
const GRACE_MS = 1000

const alive = new Set<WorkerThread>()

const NAMES = ['module', 'target', 'args', 'name', 'daemon']

/**
 * Runs a function of a module in a thread of the system: two of them compute at the same time, and a call that blocks
 * (`recvSync`, `acceptSync`, …) blocks that thread only.
 *
 * It shares no variables with the rest: arguments and result are copied (structured clone). Sockets are handed over by
 * their number; sockets that it leaves open are closed when it ends. ■ in the cell that started it, or that joins it,
 * stops it with a KeyboardInterrupt, and so does the end of the program.
 *
 * @example
 * // serve.mjs: export function serve(fd) { using conn = socket.socket({ fileno: fd }); conn.sendallSync(conn.recvSync(1024)) }
 * const worker = new threading.WorkerThread({ module: 'serve.mjs', target: 'serve', args: [conn.detach()] })
 * worker.start()
 * await worker.join(5)
 * @see pthreads(7)
 */
export class WorkerThread<R = unknown> implements Disposable {
  /** How it is called in messages. */
  readonly name: string
  /** Does it let a plain Node program end while it still runs? */
  readonly daemon: boolean
  /** What the function gave, once it has ended; undefined before, and when it threw. */
  result: R | undefined
  readonly #options: WorkerThreadOptions
  readonly #ended = new Waiters()
  #worker: Worker | undefined
  #stopSignal: StopSignal | undefined
  #stopping = false
  #over = false

  constructor(options: WorkerThreadOptions) {
    if (isNamed(options)) checkNames(options, NAMES, 'WorkerThread', NO_WAIT)
    const { module, target, args = [], name, daemon = false } = options ?? {}
    if (typeof module !== 'string' && !(module instanceof URL)) {
      throw new TypeError(
        `module must be a file's path or URL, not ${kind(module)}: { module: 'serve.mjs', target: 'serve' }`,
      )
    }
    if (typeof target !== 'string') {
      throw new TypeError(`target must be the name of a function that the module exports, not ${kind(target)}`)
    }
    if (!Array.isArray(args)) throw new TypeError(`args must be an array, not ${kind(args)}: args: [value]`)
    this.#options = { module, target, args }
    this.name = String(name ?? `Worker-${nextNumber()} (${target})`)
    this.daemon = truth(daemon, 'daemon')
  }

  /** Has it begun, and not ended yet? */
  isAlive(): boolean {
    return this.#worker !== undefined && !this.#over
  }

  /**
   * Starts it, once.
   *
   * @throws {Error} `threads can only be started once`
   * @throws {DOMException} an argument cannot be copied: a function, a Socket (hand over `conn.detach()`)
   */
  start(): void {
    if (this.#worker) throw new Error('threads can only be started once')
    const { module, target, args = [] } = this.#options
    const url =
      typeof module === 'string' && !/^file:/.test(module) ? pathToFileURL(resolve(module)).href : String(module)
    const signal = new StopSignal()
    const scope = host.scope()
    try {
      const setup = workerSetup({ stop: signal.fd, module: url, target, args })
      this.#worker = new Worker(workerProgram, {
        eval: true,
        name: this.name,
        workerData: setup,
      })
    } catch (error) {
      signal.close()
      throw error
    }
    this.#stopSignal = signal
    const worker = this.#worker
    alive.add(this as WorkerThread)
    stopAllAtExit()
    const forget = onInterrupt((interrupted) => {
      if (interrupted === scope) this.stop()
    })
    const tell = (text: string) => host.notice(scope, 'thread-exception', `Exception in thread ${this.name}:\n${text}`)
    worker.on('message', (message: FromWorker) => {
      if ('result' in message) this.result = message.result as R
      else if (!(this.#stopping && message.interrupted)) tell(message.error)
    })
    worker.on('error', (error) => tell(error.stack ?? String(error)))
    worker.once('exit', () => {
      this.#over = true
      alive.delete(this as WorkerThread)
      forget()
      signal.close()
      this.#ended.wake(Number.POSITIVE_INFINITY)
    })
    if (this.daemon) worker.unref()
  }

  /**
   * Waits until the thread has ended. After a time-out `isAlive()` says whether it has. ■ stops it.
   *
   * @param timeout most seconds to wait; `null` or none: no limit
   * @throws {Error} `cannot join thread before it is started`
   */
  async join(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<void> {
    const limits = waitOptions(timeout, options, 'join')
    if (!this.#worker) throw new Error('cannot join thread before it is started')
    if (this.#over) {
      await beFair()
      return
    }
    try {
      await this.#ended.wait(limits)
    } catch (error) {
      if (error instanceof KeyboardInterrupt) this.stop()
      throw error
    }
  }

  /** Tells it to stop: a call that blocks throws KeyboardInterrupt there; what computes on is ended a second later. */
  stop(): void {
    if (!this.isAlive() || this.#stopping) return
    this.#stopping = true
    this.#stopSignal?.give()
    const worker = this.#worker!
    setTimeout(() => void worker.terminate(), GRACE_MS).unref()
  }

  /** `using` stops it at the end of its block. */
  [Symbol.dispose](): void {
    this.stop()
  }

  toString(): string {
    const state = this.#worker === undefined ? 'initial' : this.#over ? 'stopped' : 'started'
    return `<WorkerThread(${this.name}, ${state}${this.daemon ? ' daemon' : ''})>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

let watchingExit = false

/** Node waits for its threads when it ends: one that blocks in a system call must be woken. */
function stopAllAtExit(): void {
  if (watchingExit) return
  watchingExit = true
  process.on('exit', () => {
    for (const worker of alive) worker.stop()
  })
}
