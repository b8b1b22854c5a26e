/**
 * `lab.interrupt`: presses ■ for the learner, so that "shut down on ■" can be shown where nobody is there to press it.
 *
 * Knows nothing of the steps that ■ takes; the host has them.
 */
import { inspect } from 'node:util'
import { currentUnit, interrupt as endWaits, host, interruptUnit, startTimer } from '../../wait/index.ts'

/** A press of ■ that is to come. */
export interface Press extends Disposable {
  /** Takes it back. */
  cancel(): void
}

/**
 * Presses ■ once, for the cell that calls it: what the cell waits for rejects with KeyboardInterrupt, and a loop is ended.
 *
 * A cell that has ended by then is left alone, and so are threads. In a plain Node program what the program waits for
 * rejects. In a case of a check only the case is interrupted.
 *
 * @param options `after`: seconds from now, default 0
 * @throws {RangeError} `after` is below 0
 * @example
 * lab.interrupt({ after: 0.5 })
 * try { await server.accept() } catch (error) {
 *   if (!(error instanceof KeyboardInterrupt)) throw error
 *   console.log("shutting down")
 * }
 */
export function interrupt({ after = 0 }: { after?: number } = {}): Press {
  if (typeof after !== 'number' || !(after >= 0 && after < Infinity))
    throw new RangeError(
      `lab.interrupt: after is in seconds, 0 or more, not ${inspect(after)}: lab.interrupt({ after: 0.5 })`,
    )
  const scope = host.scope()
  const unit = currentUnit()
  const inTime = (press: () => void) => {
    const timer = startTimer(after, press, false)
    return () => timer.stop()
  }
  const cancel = unit
    ? inTime(() => {
        if (!unit.ended) interruptUnit(unit)
      })
    : (host.press?.(scope, after) ?? inTime(() => endWaits(scope)))
  return { cancel, [Symbol.dispose]: cancel }
}
