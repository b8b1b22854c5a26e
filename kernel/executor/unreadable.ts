/**
 * While work is graded: other programs that a cell starts, and the cell itself, cannot read this process's memory
 * through /proc or as a debugger. Linux only; elsewhere, and where it cannot be done, nothing changes.
 */
import { createRequire } from 'node:module'

/** Source: prctl(2), PR_SET_DUMPABLE; proc(5), "/proc/pid/mem". */
const PR_SET_DUMPABLE = 4

export function becomeUnreadable(): void {
  if (process.platform !== 'linux') return
  try {
    const koffi = createRequire(__filename)('koffi') as typeof import('koffi')
    const prctl = koffi.load(null).func('int prctl(int what, ulong a, ulong b, ulong c, ulong d)')
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
  } catch {
    // The sandbox's other walls stand.
  }
}
