/**
 * A kernel does not end because a cell says so, and errors that nobody catches are shown where they began.
 */
import { constants } from 'node:os'
import { type CellContext, currentCell } from './cell-context.ts'
import type { ProcessWithReallyExit } from './real-exit.ts'

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

export function guardProcess(onStray: (error: unknown, cell: CellContext | undefined) => void): void {
  process.exit = (code) => leave(`process.exit(${code ?? ''})`)
  ;(process as ProcessWithReallyExit).reallyExit = (code) => leave(`process.reallyExit(${code ?? ''})`)
  process.abort = () => leave('process.abort()')
  const kill = process.kill.bind(process)
  process.kill = (pid, signal = 'SIGTERM') => {
    const name = typeof signal === 'number' ? signalName(signal) : signal
    if ((pid === process.pid || pid === 0) && name !== undefined && FATAL_SIGNALS.has(name))
      leave(`process.kill(${pid}, ${name})`)
    return kill(pid, signal)
  }
  process.on('uncaughtException', (error) => onStray(error, currentCell()))
  catchFromListeners((error) => onStray(error, currentCell()))
  process.on('unhandledRejection', (reason) => onStray(reason, currentCell()))
  // Sent by the io thread to wake a blocked system call; that it arrives is all it does.
  process.on('SIGUSR2', () => {})
  keepListeners()
}

/**
 * What a listener for uncaught errors throws would end the process, as in any program; so would what the one callback
 * throws that takes their place. Code that Emscripten made adds such a listener, which throws again what it was given:
 * that has been shown already.
 */
function catchFromListeners(onError: (error: unknown) => void): void {
  const emit = process.emit as (this: NodeJS.Process, name: string | symbol, ...args: unknown[]) => boolean
  const guarded: typeof emit = function (name, ...args) {
    if (name !== 'uncaughtException' && name !== 'uncaughtExceptionMonitor') return emit.call(this, name, ...args)
    try {
      return emit.call(this, name, ...args)
    } catch (error) {
      if (error !== args[0]) onError(error)
      return true
    }
  }
  process.emit = guarded as typeof process.emit
  const capture = process.setUncaughtExceptionCaptureCallback
  process.setUncaughtExceptionCaptureCallback = (callback) => {
    if (typeof callback !== 'function') return capture.call(process, callback)
    capture.call(process, (error) => {
      try {
        callback(error)
      } catch (thrown) {
        onError(thrown)
      }
    })
  }
}

/**
 * A cell takes away what cells have added. Without ours, an error in a timer or ■ would end the process; without Node's
 * own, no signal would be listened to.
 */
function keepListeners(): void {
  const kept = new Map(process.eventNames().map((name) => [name, new Set<unknown>(process.rawListeners(name))]))
  const remove = process.removeListener
  const removeListener: typeof remove = (name, listener) =>
    kept.get(name)?.has(listener) ? process : remove.call(process, name, listener)
  process.removeListener = removeListener
  process.off = removeListener
  process.removeAllListeners = (name) => {
    for (const one of name === undefined ? process.eventNames() : [name])
      for (const listener of process.rawListeners(one).reverse()) removeListener(one, listener as () => void)
    return process
  }
}

const signalName = (number: number): string | undefined =>
  Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
