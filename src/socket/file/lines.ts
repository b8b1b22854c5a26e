/** Lines of a file, whichever of the three kinds it is: one after another, and `readlines`. Knows nothing of bytes or text. */
import type { WaitOptions } from '../../wait/index.ts'
import { sizeAndWait } from '../arguments.ts'

/** Line by line up to the end of the stream, where `readline` gives an empty one. */
export async function* linesOf<L extends { length: number }>(
  readline: () => Promise<L>,
): AsyncGenerator<L, void, undefined> {
  for (let line = await readline(); line.length > 0; line = await readline()) yield line
}

/**
 * Lines until their lengths together are more than the hint; up to the end of the stream where it is left out, null or
 * below 1.
 *
 * @param readline reads one, with what ends the wait
 */
export async function linesUpTo<L extends { length: number }>(
  readline: (options: WaitOptions | undefined) => Promise<L>,
  hint: number | null | WaitOptions | undefined,
  options: WaitOptions | undefined,
): Promise<L[]> {
  const [wanted, wait] = sizeAndWait(hint, 'readlines', 'hint', options)
  const most = wanted < 1 ? Infinity : wanted
  const found: L[] = []
  let length = 0
  for await (const line of linesOf(() => readline(wait))) {
    found.push(line)
    length += lengthOf(line)
    if (length > most) break
  }
  return found
}

/** Of text in characters, as Python counts them: one beyond 0xFFFF is two units of a string. */
const lengthOf = (line: { length: number }): number => (typeof line === 'string' ? [...line].length : line.length)
