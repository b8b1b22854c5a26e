/**
 * Is whoever started this kernel still there? A kernel without its Jupyter can be reached by nobody.
 */
import { isGone } from '../bridge/is-gone.ts'
import { readProc } from './processes.ts'

/** The process that takes in orphans on most systems. */
const REAPER = 1

/**
 * Who wants a kernel to outlive them gives it a session of its own, and no JPY_PARENT_PID: jupyter_client's
 * `start_kernel(independent=True)`, setsid(1). Jupyter's other kernels have both.
 */
function isIndependent(jupyter: string | undefined): boolean {
  // Behind the program's name in parentheses, which may hold anything: state, parent, group, session.
  const session = readProc('self/stat')?.split(') ').at(-1)?.split(' ')[3]
  return jupyter === undefined && session === String(process.pid)
}

/**
 * `startedBy` is the parent as the process first saw it, `jupyter` the JPY_PARENT_PID that jupyter_client sets. A parent
 * that died while we started has left us to the reaper already: then only `jupyter` tells.
 */
export function watchedParent(startedBy: number, jupyter: string | undefined): () => boolean {
  if (isIndependent(jupyter)) return () => true
  const named = Number(jupyter)
  const orphaned = startedBy === REAPER && Number.isInteger(named) && named > REAPER
  return () => process.ppid === startedBy && !(orphaned && isGone(named))
}
