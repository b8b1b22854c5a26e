/** What `readlines` of all three files shares: its arguments, and where it stops. Knows nothing of bytes or text. */
import type { WaitOptions } from '../../wait/index.ts'
import { fileSize, isNamed } from '../arguments.ts'

/**
 * Lines until their lengths together reach the hint; up to the end of the stream where it is left out, null or below 1.
 *
 * @param lines begins to read, with what ends the wait
 */
export async function linesUpTo<L extends { length: number }>(
  lines: (options: WaitOptions | undefined) => AsyncIterable<L>,
  hint: number | null | WaitOptions | undefined,
  options: WaitOptions | undefined,
): Promise<L[]> {
  const named = isNamed<WaitOptions>(hint) ? hint : options
  const wanted = hint === null || hint === undefined || isNamed(hint) ? Infinity : fileSize(hint, 'hint')
  const most = wanted < 1 ? Infinity : wanted
  const found: L[] = []
  let length = 0
  for await (const line of lines(named)) {
    found.push(line)
    length += line.length
    if (length >= most) break
  }
  return found
}
