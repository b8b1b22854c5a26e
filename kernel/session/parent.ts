/**
 * Is whoever started this kernel still there? A kernel without its Jupyter can be reached by nobody.
 */

/** The process that takes in orphans on most systems. */
const REAPER = 1

/**
 * `startedBy` is the parent as the process first saw it, `jupyter` the JPY_PARENT_PID that jupyter_client sets. A parent
 * that died while we started has left us to the reaper already: then only `jupyter` tells.
 */
export function watchedParent(startedBy: number, jupyter: string | undefined): () => boolean {
  const named = Number(jupyter)
  const orphaned = startedBy === REAPER && Number.isInteger(named) && named > REAPER
  return () => process.ppid === startedBy && !(orphaned && isGone(named))
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
