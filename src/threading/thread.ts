/**
 * `threading.Thread`: a task on the event loop, with Python's names and manners.
 *
 * Concurrency, not parallelism. An error that the target throws ends that thread only, and is told to the host, which
 * shows it where the thread was started.
 */
import {
  checkNames,
  currentUnit,
  host,
  hold as keepAlive,
  release as letEnd,
  NO_WAIT,
  runInTask,
  type Task,
  type Unit,
} from '../wait/index.ts'
import { checkArguments, kind, truth, type WaitOptions, waitOptions } from './options.ts'
import { currentThread, enter, enterMain, leave, nextNumber } from './registry.ts'
import { threadReport } from './thread-report.ts'
import { beFair, Waiters } from './waiters.ts'

/** What every thread may be given. */
export interface ThreadSettings {
  /** How it is called in messages; default `Thread-1 (name of the target)` */
  name?: string | null | undefined
  /** A daemon does not keep a plain Node program alive; default: as the thread that makes it */
  daemon?: boolean | null | undefined
}

/**
 * `args` must be what `target` takes; it may be left out when the target needs nothing. With `kwargs`, which arrive as
 * the target's last argument, it is all but the last.
 */
export type ThreadArguments<A extends readonly unknown[], K = undefined> = K extends object
  ? { args?: A extends readonly [...infer Head, unknown?] ? Readonly<Head> : readonly unknown[]; kwargs: K }
  : [] extends A
    ? { args?: NoInfer<Readonly<A>>; kwargs?: K }
    : { args: NoInfer<Readonly<A>>; kwargs?: K }

/** The same to the code below, which cannot know them. */
type AnyOptions = ThreadSettings & {
  target?: ((...args: unknown[]) => unknown) | null
  args?: readonly unknown[]
  kwargs?: object
}

/** What `new threading.Thread({ … })` takes. */
export type ThreadOptions<A extends readonly unknown[], K = undefined> = ThreadSettings & {
  /** The function that runs in the thread; may be async, and usually is */
  target?: ((...args: A) => unknown) | null | undefined
} & ThreadArguments<A, K>

/** Takes a thread for the main one, which nobody starts. */
let asMain: (thread: Thread) => void

/**
 * Runs a function beside the rest: a server in the background while the cell goes on, one conversation of many.
 *
 * It is a task on Node's event loop. Tasks take turns at every `await`; a loop without `await` keeps all of them
 * waiting. `start()` returns before the target's first line runs.
 *
 * @example
 * const thread = new threading.Thread({ target: serve, args: [server], daemon: true })
 * thread.start()
 * await thread.join(5)
 */
// With [] for the default a bound method would be refused: TypeScript reads `bind` with it before it looks at what is bound.
// biome-ignore lint/suspicious/noExplicitAny: whatever a thread is called with
export class Thread<A extends readonly unknown[] = any[], K = undefined> implements Task {
  readonly #target: ((...args: unknown[]) => unknown) | null
  readonly #args: readonly unknown[]
  readonly #kwargs: object | undefined
  readonly #ended = new Waiters()
  #state: 'initial' | 'started' | 'stopped' = 'initial'
  #name: string
  #daemon: boolean
  #ident: number | null = null

  static {
    asMain = (thread) => {
      thread.#state = 'started'
      thread.#ident = enterMain(thread)
    }
  }

  constructor(options?: ThreadOptions<A, K>)
  constructor(options?: ThreadOptions<A, K>, ...more: readonly unknown[]) {
    if (more.some((one) => one !== undefined)) throw new TypeError(tooMany([options, ...more]))
    const given = (options ?? {}) as object
    if (typeof given !== 'object' || Array.isArray(given)) throw new TypeError(notOptions(given))
    checkNames(given, ['target', 'args', 'kwargs', 'name', 'daemon'], 'Thread', NO_WAIT)
    const { target = null, args = [], kwargs, name, daemon } = given as AnyOptions
    if (target !== null && typeof target !== 'function') throw new TypeError(notAFunction(target))
    checkArguments(args, kwargs)
    this.#target = target
    this.#args = [...args]
    this.#kwargs = kwargs
    this.#name = name ? String(name) : defaultName(target)
    this.#daemon = daemon === undefined || daemon === null ? currentThread().daemon : truth(daemon, 'daemon')
  }

  /** How it is called in messages. */
  get name(): string {
    return this.#name
  }

  set name(name: string) {
    this.#name = String(name)
  }

  /** Does it let a plain Node program end while it still runs? To be set before `start()`. */
  get daemon(): boolean {
    return this.#daemon
  }

  set daemon(daemon: boolean) {
    if (this.#state !== 'initial') throw new Error('cannot set daemon status of active thread')
    this.#daemon = daemon
  }

  /**
   * The older way to ask for its name.
   *
   * @deprecated As in Python: write `thread.name`.
   */
  getName(): string {
    return this.#name
  }

  /**
   * The older way to give it a name.
   *
   * @deprecated As in Python: write `thread.name = 'server'`.
   */
  setName(name: string): void {
    this.name = name
  }

  /**
   * The older way to ask whether it is a daemon.
   *
   * @deprecated As in Python: write `thread.daemon`.
   */
  isDaemon(): boolean {
    return this.#daemon
  }

  /**
   * The older way to make it a daemon.
   *
   * @deprecated As in Python: write `thread.daemon = true`, or `{ daemon: true }` when it is made.
   */
  setDaemon(daemon: boolean): void {
    this.daemon = daemon
  }

  /** A number that no other thread has; `null` before it is started. */
  get ident(): number | null {
    return this.#ident
  }

  /** Has it begun, and not ended yet? */
  isAlive(): boolean {
    return this.#state === 'started'
  }

  /**
   * Starts it, once. The target's first line runs when the caller next awaits, in the order of the `start()` calls.
   *
   * @throws {Error} `threads can only be started once`
   */
  start(): void {
    if (this.#state !== 'initial') throw new Error('threads can only be started once')
    this.#state = 'started'
    const unit = currentUnit()
    this.#ident = enter(this, unit, () => this.#end())
    const scope = host.scope()
    if (!this.#daemon) keepAlive()
    queueMicrotask(() => void runInTask(this, () => this.#bootstrap(scope, unit)))
  }

  async #bootstrap(scope: unknown, unit: Unit | undefined): Promise<void> {
    try {
      await this.run()
    } catch (error) {
      if (!unit?.ended) host.notice(scope, 'thread-exception', threadReport(this.#name, error, this.#target))
    } finally {
      this.#end()
    }
  }

  #end(): void {
    if (this.#state !== 'started') return
    this.#state = 'stopped'
    leave(this)
    if (!this.#daemon) letEnd()
    this.#ended.wake(Number.POSITIVE_INFINITY)
  }

  /** What runs in the thread: calls the target. A subclass may have its own instead. */
  run(): unknown {
    const target = this.#target // called on its own, so that `this` in it is not this thread
    if (target === null) return undefined
    return this.#kwargs === undefined ? target(...this.#args) : target(...this.#args, this.#kwargs)
  }

  /**
   * Waits until the thread has ended. After a time-out `isAlive()` says whether it has.
   *
   * @param timeout most seconds to wait; `null` or none: no limit
   * @throws {Error} `cannot join thread before it is started`, `cannot join current thread`
   */
  join(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<void>
  async join(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<void> {
    const limits = waitOptions(timeout, options, 'join')
    if (this.#state === 'initial') throw new Error('cannot join thread before it is started')
    if (currentThread() === this) throw new Error('cannot join current thread')
    if (this.#state === 'started') await this.#ended.wait(limits)
    await beFair()
  }

  toString(): string {
    const state = this.#ident === null ? this.#state : `${this.#state} ${this.#ident}`
    return `<${this.constructor.name}(${this.#name}, ${state.replace(/( |$)/, this.#daemon ? ' daemon$1' : '$1')})>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** The cell's own code, and all that runs in no other thread. Called as CPython's, which a thread's text shows. */
class _MainThread extends Thread {
  constructor() {
    super({ name: 'MainThread', daemon: false })
    asMain(this)
  }

  override async join(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<void> {
    if (currentThread() !== this && waitOptions(timeout, options, 'join').timeout == null) {
      throw new Error('cannot join the main thread without a time limit: it does not end before the program does')
    }
    await super.join(timeout, options)
  }
}
new _MainThread()

/** `Thread-1 (serve)`, as CPython; a bound method goes by its own name. */
function defaultName(target: { name: string } | null): string {
  const name = `Thread-${nextNumber()}`
  return target?.name ? `${name} (${target.name.replace(/^(bound )+/, '')})` : name
}

function notAFunction(target: unknown): string {
  const called = target instanceof Promise ? ': write target: serve, args: […], not target: serve(…)' : ''
  return `target must be a function, not ${kind(target)}${called}`
}

/** Python's group, target, name, args and kwargs, one behind the other. */
function tooMany(given: readonly unknown[]): string {
  const at = given.findIndex((one) => typeof one === 'function')
  const target = at < 0 ? 'serve' : (given[at] as { name: string }).name || '() => …'
  const name = given.slice(at + 1).find((one) => typeof one === 'string')
  const parts = `target: ${target}${name === undefined ? '' : `, name: '${name}'`}`
  return `a Thread is made of one object, not of ${given.length} values: new threading.Thread({ ${parts} })`
}

function notOptions(given: unknown): string {
  const target = typeof given === 'function' ? given.name || '() => …' : 'serve'
  return `a Thread is made of an object, not of ${kind(given)}: new threading.Thread({ target: ${target} })`
}
