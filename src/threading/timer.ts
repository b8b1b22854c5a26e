/** `threading.Timer`: a thread that first waits. */
import { Event } from './event.ts'
import { Thread, type ThreadArguments } from './thread.ts'

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

  constructor(interval: number, target: (...args: A) => unknown, options?: ThreadArguments<A, K>) {
    super()
    this.interval = interval
    const all = [...(options?.args ?? []), ...(options?.kwargs ? [options.kwargs] : [])]
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
