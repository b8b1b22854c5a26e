/**
 * A kernel does not end because a cell says so, and errors that nobody catches are shown where they began.
 */
import { constants } from 'node:os'
import { type CellContext, currentCell } from './cell-context.ts'

/** What `process.exit()` throws in a notebook. */
class SystemExit extends Error {
  override readonly name = 'SystemExit'
}

const leave = (call: string): never => {
  throw new SystemExit(
    `${call} would end the kernel; in a notebook it only ends the cell. To leave a function early, return.`,
  )
}

const FATAL_SIGNALS = new Set(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGABRT', 'SIGHUP', 'SIGQUIT', 'SIGSTOP'])

/** Node has it and its types do not: process.exit without the `exit` event. */
const raw = process as NodeJS.Process & { reallyExit(code?: number): never }

export interface ProcessGuard {
  /** The real exit, for the kernel's own end. */
  exit(code: number): never
}

export function guardProcess(onStray: (error: unknown, cell: CellContext | undefined) => void): ProcessGuard {
  const reallyExit = raw.reallyExit.bind(process)
  process.exit = (code) => leave(`process.exit(${code ?? ''})`)
  raw.reallyExit = (code) => leave(`process.reallyExit(${code ?? ''})`)
  process.abort = () => leave('process.abort()')
  const kill = process.kill.bind(process)
  process.kill = (pid, signal = 'SIGTERM') => {
    const name = typeof signal === 'number' ? signalName(signal) : signal
    if ((pid === process.pid || pid === 0) && name !== undefined && FATAL_SIGNALS.has(name))
      leave(`process.kill(${pid}, ${name})`)
    return kill(pid, signal)
  }
  process.on('uncaughtException', (error) => onStray(error, currentCell()))
  process.on('unhandledRejection', (reason) => onStray(reason, currentCell()))
  // Ctrl-C in the terminal that Jupyter runs in reaches every process of the group: Jupyter says what it means to us.
  process.on('SIGINT', () => {})
  return { exit: (code) => reallyExit(code) }
}

const signalName = (number: number): string | undefined =>
  Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
