/** `threading.Timer`: a thread that first waits. */
import { Event } from './event.ts'
import { checkArguments, kind } from './options.ts'
import { Thread, type ThreadArguments } from './thread.ts'

interface AnyArguments {
  readonly args?: readonly unknown[]
  readonly kwargs?: object
}

/**
 * Calls a function once, after some seconds, unless it is cancelled before.
 *
 * @example
 * const timer = new threading.Timer(5, () => server.close())
 * timer.start()
 * timer.cancel()
 */
export class Timer<A extends readonly unknown[] = [], K = undefined> extends Thread {
  /** Seconds to wait. */
  readonly interval: number
  readonly #call: () => unknown
  readonly #finished = new Event()

  /**
   * @param interval seconds to wait
   * @param target what to call then
   * @param args what to call it with, `[first, second]`; or, as everywhere, one object `{ args: [first, second] }`
   */
  constructor(interval: number, target: (...args: A) => unknown, args?: NoInfer<Readonly<A>> | ThreadArguments<A, K>) {
    super()
    if (typeof interval !== 'number') throw new TypeError(`interval must be a number of seconds, not ${kind(interval)}`)
    if (Number.isNaN(interval)) throw new RangeError('interval must be a number of seconds, not NaN')
    if (typeof target !== 'function') throw new TypeError(`a timer calls a function, not ${kind(target)}`)
    this.interval = interval
    const named: unknown = Array.isArray(args) ? { args } : (args ?? {})
    if (typeof named !== 'object') {
      throw new TypeError(`args must be an array, not ${kind(named)}: new threading.Timer(5, call, [value])`)
    }
    const { args: given = [], kwargs } = named as AnyArguments
    checkArguments(given, kwargs)
    const all = kwargs === undefined ? given : [...given, kwargs]
    this.#call = () => target(...(all as unknown as A))
  }

  /** Stops it, if it has not called yet. */
  cancel(): void {
    this.#finished.set()
  }

  override async run(): Promise<void> {
    if (await this.#finished.wait(this.interval)) return
    this.#finished.set()
    await this.#call()
  }
}
