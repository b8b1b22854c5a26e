/**
 * A type can keep the checker busy for minutes, deaf to the pipe that says the kernel is gone. Linux ends the process
 * then (PR_SET_PDEATHSIG, through koffi); elsewhere a thread beside it looks, at the price of 30 MB.
 * Nothing here is imported at the top: a start-up snapshot cannot hold it.
 */

const PR_SET_PDEATHSIG = 1
const SIGKILL = 9
let asked = false

/** Called when no cell waits, so that it costs nothing of the start; again, it does nothing. */
export function endWithKernel(): void {
  if (asked) return
  asked = true
  const kernel = process.ppid
  if (process.platform === 'linux' && askLinux()) {
    // It may have gone just before.
    if (process.ppid !== kernel) process.kill(process.pid, 'SIGKILL')
  } else watchBeside(kernel)
}

function askLinux(): boolean {
  try {
    const { createRequire } = process.getBuiltinModule('node:module')
    const koffi = createRequire(__filename)('koffi') as typeof import('koffi')
    const prctl = koffi
      .load(null)
      .func('int prctl(int option, unsigned long, unsigned long, unsigned long, unsigned long)')
    return Number(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)) === 0
  } catch {
    return false
  }
}

function watchBeside(kernel: number): void {
  const watch = `setInterval(() => { if (process.ppid !== ${kernel}) process.kill(process.pid, 'SIGKILL') }, 1000)`
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  new Worker(watch, { eval: true }).unref()
}
