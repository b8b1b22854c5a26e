/**
 * A bar that shows how far a notebook is: on a terminal only, so that logs stay readable.
 */
import { basename } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'

export interface CellProgress {
  update(at: { done: number; total: number }): void
  stop(): void
}

export const noProgress: CellProgress = { update() {}, stop() {} }

export function cellProgress(path: string): CellProgress {
  if (!process.stderr.isTTY) return noProgress
  const format = `${basename(path)} {bar} cell {value} of {total}, {duration_formatted}`
  const bar = new SingleBar(
    { format, hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.shades_classic,
  )
  let begun = false
  return {
    update({ done, total }) {
      if (!begun) bar.start(total, 0)
      begun = true
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
