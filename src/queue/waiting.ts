/**
 * How `queue` waits and takes its arguments: threading's queue of waiters, and Python's `block` and `timeout` by
 * position or by name.
 */
import type { WaitOptions } from '../threading/options.ts'
import { checkNames, isNamed, limitAdvice, seconds, truth } from '../threading/options.ts'
import { throwIfAborted } from '../threading/waiters.ts'

export { beFair, throwIfAborted, Waiters } from '../threading/waiters.ts'

/** What `get` and `put` take by name. */
export interface QueueOptions extends WaitOptions {
  /** `false`: do not wait at all; default `true` */
  block?: boolean | undefined
}

/**
 * What `get` and `put` take. Both say it once more as two signatures: TypeScript's words about a choice of lists help no
 * learner.
 */
export type QueueArguments =
  | [options?: QueueOptions]
  | [block: boolean, timeout?: number | null | QueueOptions, options?: QueueOptions]

/** Checked: whether to wait, how long, and what may end it early. */
export interface Limits {
  readonly block: boolean
  readonly timeout: number | null
  readonly signal: AbortSignal | undefined
}

/** `get(false)`, `get(true, 5)`, `get(true, { timeout: 5 })` and `get({ timeout: 5 })` as one object. */
export function limitsOf(call: string, ...[first, second, last]: QueueArguments): Limits {
  const rest = isNamed<QueueOptions>(second) ? second : last
  const timeout = isNamed<QueueOptions>(second) ? undefined : second
  const named = typeof first === 'object' && first !== null ? first : rest
  if (isNamed(named)) checkNames(named, ['block', 'timeout'], call)
  throwIfAborted(named)
  const choice = typeof first === 'object' || first === undefined ? named?.block : first
  const block = choice === undefined || truth(choice, 'block', limitAdvice(choice))
  const limit = seconds(timeout ?? named?.timeout)
  if (block && limit !== null && limit < 0) throw new RangeError("'timeout' must be a non-negative number")
  return { block, timeout: limit, signal: named?.signal }
}
