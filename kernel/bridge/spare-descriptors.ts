/**
 * Descriptors that are kept for when a cell has used up all others: a compiler has to be started then too, or no cell
 * could close anything any more.
 */
import { closeSync, fstatSync, openSync } from 'node:fs'

/** Three pipes with two ends each, and the one over which the new process says whether it has begun. */
const FOR_A_PROCESS = 8
const FILE = '/dev/null'

/** Takes them at once. `lend` gives them up while `start` runs and then takes as many as are there again. */
export function spareDescriptors(): { lend<T>(start: () => T): T } {
  const spare: number[] = []
  let device: number | undefined
  const fill = () => {
    try {
      while (spare.length < FOR_A_PROCESS) {
        const descriptor = openSync(FILE, 'r')
        spare.push(descriptor)
        device ??= fstatSync(descriptor).rdev
      }
    } catch {
      // There are no more: filled up another time.
    }
  }
  const give = (descriptor: number) => {
    try {
      // A cell that has closed what is not its own may have a socket by this number now.
      if (fstatSync(descriptor).rdev === device) closeSync(descriptor)
    } catch {
      // Nobody has it.
    }
  }
  fill()
  return {
    lend(start) {
      for (const descriptor of spare.splice(0)) give(descriptor)
      try {
        return start()
      } finally {
        fill()
      }
    },
  }
}
