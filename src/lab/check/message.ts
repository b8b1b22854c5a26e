/**
 * What was wrong in a case, in words for the learner: our own failures as they are, the learner's errors with the
 * learner's line. Never throws, whatever a cell has thrown.
 */
import { KeyboardInterrupt } from '../../errors/index.ts'
import { host } from '../../wait/index.ts'
import type { CaseEnd } from './case-run.ts'
import { CheckFailure } from './failure.ts'
import { arrivedError } from './plain-data.ts'

/** A learner's error may have all that was received in it: nobody reads more, and the table is sent whole. */
const LONGEST = 10_000

export function messageOf(end: CaseEnd, failures: readonly unknown[], timeout: number): string {
  const parts: string[] = []
  // A failed comparison says more than what became of it.
  for (let at = 0; at < failures.length; at++) add(parts, errorText(failures[at]))
  if (end.how === 'threw') add(parts, errorText(end.thrown))
  if (end.how === 'too long') add(parts, tooLong(end, timeout))
  return parts.join('\n')
}

function add(parts: string[], whole: string): void {
  const text = whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole
  if (!parts.includes(text)) parts[parts.length] = text
}

function tooLong({ blocked, waits }: Extract<CaseEnd, { how: 'too long' }>, timeout: number): string {
  if (blocked)
    return `It ran on for ${timeout} s without a pause, and was stopped: a loop that does not end? A loop must await something, or come to its end.`
  const first = `It was not over after ${timeout} s, and was stopped.`
  if (waits.length === 0) return `${first} It was waiting for something that never came.`
  return [`${first} It was waiting here:`, ...waits.slice(0, 3)].join('\n')
}

function errorText(thrown: unknown): string {
  try {
    if (thrown instanceof CheckFailure) return thrown.message
    if (thrown instanceof KeyboardInterrupt) return '■ was pressed, and nothing caught the KeyboardInterrupt.'
    return arrivedError(thrown)?.text ?? host.explain(thrown)
  } catch {
    return 'an error that cannot be shown'
  }
}
