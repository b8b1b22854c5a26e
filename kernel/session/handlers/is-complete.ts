import { Script } from 'node:vm'
import type { IsCompleteAnswer } from '../../bridge/compiler-api.ts'
import { nextIndent } from '../../bridge/next-indent.ts'
import type { Handler } from './handler.ts'

/** `jupyter console` gives up after a second, and asks no more until its end. */
const PATIENCE_MS = 700

/** Does the code typed so far form whole statements? Asked by consoles before they run a line. */
export const isComplete: Handler<'is_complete_request'> = async ({ code }, { compiler }) => {
  const late = Promise.withResolvers<IsCompleteAnswer>()
  // A compiler that is busy or being started: what is JavaScript as well V8 can read, too. For the rest nobody else knows.
  const timer = setTimeout(() => {
    const answer = readByV8(code)
    if (answer) late.resolve(answer)
  }, PATIENCE_MS)
  try {
    return { ...(await Promise.race([compiler.isComplete(code), late.promise])) }
  } finally {
    clearTimeout(timer)
  }
}

/** By its syntax, without running it; undefined where that does not tell, as of types. */
function readByV8(code: string): IsCompleteAnswer | undefined {
  try {
    // In a function, for `await`.
    new Script(`async () => {${code}\n}`)
    return { status: 'complete' }
  } catch {
    return isCutOff(code) ? { status: 'incomplete', indent: nextIndent(code) } : undefined
  }
}

/** Right up to its end, where more is wanted. */
function isCutOff(code: string): boolean {
  try {
    new Script(code)
    return false
  } catch (error) {
    return /^(?:Unexpected end of input|Unterminated template literal)$/.test((error as Error).message)
  }
}
