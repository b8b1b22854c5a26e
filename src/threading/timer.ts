/** `threading.Timer`: a thread that first waits. */
import { checkNames, NO_WAIT } from '../wait/index.ts'
import { Event } from './event.ts'
import { checkArguments, isNamed, kind } from './options.ts'
import { Thread, type ThreadArguments } from './thread.ts'

interface AnyArguments {
  readonly args?: readonly unknown[] | undefined
  readonly kwargs?: object | undefined
}

/** What `Timer` takes by name. */
export type TimerArguments<A extends readonly unknown[], K = undefined> = ThreadArguments<A, K> & {
  /** Seconds to wait */
  interval: number
  /** What to call then */
  function: (...args: A) => unknown
}

/**
 * Calls a function once, after some seconds, unless it is cancelled before.
 *
 * @example
 * const timer = new threading.Timer(5, () => server.close())
 * timer.start()
 * timer.cancel()
 */
// biome-ignore lint/suspicious/noExplicitAny: as a Thread
export class Timer<A extends readonly unknown[] = any[], K = undefined> extends Thread {
  /** Seconds to wait. */
  readonly interval: number
  /** What to call then. */
  // biome-ignore lint/suspicious/noExplicitAny: a subclass calls it with `this.args`, whatever they are
  readonly function: (...args: any[]) => unknown
  /** What to call it with; may be changed until then. */
  readonly args: unknown[]
  /** The object for its last argument. */
  readonly kwargs: Record<string, unknown>
  readonly #named: boolean
  /** Set once it has called, or was cancelled. */
  readonly finished = new Event()

  /**
   * @param interval seconds to wait
   * @param target what to call then
   * @param args what to call it with, `[first, second]`; or, as everywhere, one object `{ args: [first, second] }`
   * @param kwargs an object for the target's last argument
   */
  constructor(
    interval: number,
    target: (...args: A) => unknown,
    args?: NoInfer<Readonly<A>> | ThreadArguments<A, K> | null,
  )
  constructor(interval: number, target: (...args: never[]) => unknown, args: readonly unknown[] | null, kwargs: object)
  constructor(named: TimerArguments<A, K>)
  constructor(
    first: number | TimerArguments<A, K>,
    second?: (...args: A) => unknown,
    third?: readonly unknown[] | ThreadArguments<A, K> | null,
    last?: object,
  ) {
    super()
    const all = isNamed<TimerArguments<A, K>>(first) ? first : undefined
    const [interval, target, args] = all ? [all.interval, all.function, all] : [first, second, third]
    if (all) checkNames(all, ['interval', 'function', 'args', 'kwargs'], 'Timer', NO_WAIT)
    if (typeof interval !== 'number') throw new TypeError(`interval must be a number of seconds, not ${kind(interval)}`)
    if (Number.isNaN(interval)) throw new RangeError('interval must be a number of seconds, not NaN')
    if (typeof target !== 'function') throw new TypeError(`a timer calls a function, not ${kind(target)}`)
    this.interval = interval
    const named: unknown = Array.isArray(args) || args == null ? { args: args ?? [], kwargs: last } : args
    if (typeof named !== 'object') {
      throw new TypeError(`args must be an array, not ${kind(named)}: new threading.Timer(5, call, [value])`)
    }
    if (!all) checkNames(named as object, ['args', 'kwargs'], 'Timer', NO_WAIT)
    const { args: given = [], kwargs } = named as AnyArguments
    checkArguments(given, kwargs)
    this.function = target
    this.args = [...given]
    this.kwargs = (kwargs ?? {}) as Record<string, unknown>
    this.#named = kwargs !== undefined
  }

  /** Stops it, if it has not called yet. */
  cancel(): void {
    this.finished.set()
  }

  override async run(): Promise<void> {
    if (await this.finished.wait(this.interval)) return
    this.finished.set()
    const { function: call, args, kwargs } = this
    // One that nobody gave is passed on only if something was put into it since.
    const all = this.#named || Object.keys(kwargs).length > 0 ? [...args, kwargs] : args
    await call(...all)
  }
}
