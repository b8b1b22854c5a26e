/**
 * How far grading is: a bar on a terminal, a line for each submission elsewhere. Always on stderr.
 */
import { Presets, SingleBar } from 'cli-progress'

export interface GradeProgress {
  begin(total: number): void
  result(name: string, words: string): void
  stop(): void
}

export function gradeProgress(): GradeProgress {
  if (!process.stderr.isTTY) return lines()
  // A narrow terminal cuts the line: what says most stands first.
  const format = 'grading {value} of {total}, {duration_formatted}  {bar} {name}'
  const bar = new SingleBar(
    { format, barsize: 24, hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.shades_classic,
  )
  return {
    begin: (total) => bar.start(total, 0, { name: '' }),
    result: (name) => bar.increment({ name }),
    stop: () => bar.stop(),
  }
}

function lines(): GradeProgress {
  let done = 0
  let all = 0
  return {
    begin(total) {
      all = total
    },
    result(name, words) {
      process.stderr.write(`${++done} of ${all}: ${name}: ${words}\n`)
    },
    stop() {},
  }
}
