/**
 * The lines of hidden tests, kept out of what students read. Knows texts only.
 */
import { findRegions } from '../notebook/index.ts'

/** A line of a frame, and the one below with the mark. */
const FRAME_LINE = /^[> ] *\d+ \| (.*)$/
const MARK = /^ +\| .*\^$/

/**
 * Without the lines that a frame shows of hidden tests: a case that students see may hold some, or have them for neighbours.
 *
 * @param source the check with all its tests
 */
export function withoutHidden(message: string, source: string): string {
  const lines = source.split('\n')
  const { regions } = findRegions(source, 'HIDDEN TESTS')
  const hidden = new Set(regions.flatMap(({ begin, end }) => lines.slice(begin, end + 1).map((line) => line.trim())))
  let leftOut = false
  const kept = message.split('\n').filter((line) => {
    const shown = FRAME_LINE.exec(line)?.[1]
    leftOut = shown === undefined ? leftOut && MARK.test(line) : hidden.has(shown.trim())
    return !leftOut
  })
  return kept.join('\n')
}
