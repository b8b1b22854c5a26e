/**
 * Runs checks, few at a time, each to an end: one that throws, or is not done in time, is a finding too.
 * Knows nothing of terminals.
 */
import type { Check, Context, Finding } from './check.ts'
import { wrong } from './check.ts'

export interface Result extends Finding {
  id: string
  title: string
}

export interface ExamineOptions {
  /** For all of them together. */
  seconds: number
  /** Ctrl-C. */
  signal: AbortSignal
  /** Called with each check as it begins to be waited for. */
  onCheck?: (check: Check) => void
  /** Called in the checks' order. */
  onResult?: (result: Result) => void
}

const AT_ONCE = 3

export async function examine(
  checks: readonly Check[],
  about: Omit<Context, 'signal'>,
  { seconds, signal, onCheck, onResult }: ExamineOptions,
): Promise<Result[]> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  const context: Context = { ...about, signal: AbortSignal.any([deadline, signal]) }
  const waiting: (() => void)[] = []
  let running = 0
  const findings = checks.map(async (check) => {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await find(check, context, seconds)
    } finally {
      running--
      waiting.shift()?.()
    }
  })
  const results: Result[] = []
  for (const [at, check] of checks.entries()) {
    onCheck?.(check)
    const result = { id: check.id, title: check.title, ...(await findings[at]!) }
    signal.throwIfAborted()
    results.push(result)
    onResult?.(result)
  }
  return results
}

async function find(check: Check, context: Context, seconds: number): Promise<Finding> {
  const { signal } = context
  let over: () => void = () => {}
  const end = new Promise<never>((_, reject) => {
    over = () => reject(signal.reason as Error)
    if (signal.aborted) over()
    else signal.addEventListener('abort', over, { once: true })
  })
  try {
    // A look-up cannot be broken off: it is not waited for.
    return await Promise.race([end, signal.aborted ? end : check.run(context)])
  } catch (error) {
    if (signal.aborted) return wrong(`not known after ${seconds} s`, 'try again when the machine has less to do')
    return wrong(`could not be checked: ${(error as Error).message}`)
  } finally {
    signal.removeEventListener('abort', over)
    end.catch(() => {})
  }
}
