/**
 * Hints in steps: each failed run of a case tells one more, and `lab.hint()` does on request.
 *
 * Remembers for this session how often each case has failed. Knows nothing of how they are shown.
 */
import { inspect } from 'node:util'
import { append } from './append.ts'
import type { CaseResult } from './result.ts'

const told = new Map<string, number>()
const { get, set } = Map.prototype
const { apply } = Reflect
/** The failed cases of the checks that ran, newest last. */
let lastFailed: { readonly check: string; readonly cases: readonly CaseResult[] } | undefined

const keyOf = (check: string, name: string): string => `${check}\n${name}`

/** The same results with the number of hints that may be told now. */
export function toldHints(check: string, results: readonly CaseResult[]): CaseResult[] {
  const counted: CaseResult[] = []
  for (let at = 0; at < results.length; at++) {
    const one = results[at]!
    append(counted, one.state === 'failed' && one.hints.length > 0 ? { ...one, told: next(check, one) } : one)
  }
  lastFailed = { check, cases: counted.filter(({ state }) => state === 'failed' || state === 'empty') }
  return counted
}

function next(check: string, { name, hints }: CaseResult): number {
  const key = keyOf(check, name)
  const count = Math.min(hints.length, ((apply(get, told, [key]) as number | undefined) ?? 0) + 1)
  apply(set, told, [key, count])
  return count
}

/** A hint that shows itself. */
export class Hint {
  /** What it says. */
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }

  [inspect.custom](): string {
    return this.text
  }

  [Symbol.for('Jupyter.display')](): { 'text/plain': string } {
    return { 'text/plain': this.text }
  }
}

/**
 * One more hint for the first case that has not passed in the check that ran last.
 *
 * @example lab.hint()
 */
export function hint(): Hint {
  if (!lastFailed) return new Hint('Hints belong to a check: run its cell first.')
  const { check, cases } = lastFailed
  if (cases.length === 0) return new Hint(`All cases of “${check}” have passed.`)
  const one = cases.find(({ hints }) => hints.length > 0)
  if (!one) return new Hint(`There are no hints for “${check}”.`)
  const count = next(check, one)
  const lines = one.hints.slice(0, count).map((text, at) => `Hint ${at + 1} of ${one.hints.length}: ${text}`)
  return new Hint([`${check}: ${one.name}`, ...lines].join('\n'))
}
