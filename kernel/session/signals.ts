/**
 * Signals, from the io thread: those of Ctrl-C and of an end are heard while the main thread computes, and a system call
 * that blocks main is woken with EINTR. Both through libuv and libc by koffi, which is loaded only after the kernel can
 * answer. Linux and macOS; where koffi or a symbol is missing both do nothing, and the interrupt message still works.
 */
import { constants } from 'node:os'
import { getSystemErrorName } from 'node:util'
import type { Log } from './log.ts'

export interface Signals {
  /** EINTR for the system call that main is in, if it is in one. */
  wake(): void
  /** Loads what is needed, once the kernel has time. */
  load(): void
}

/** A signal that nobody else uses: its handler does nothing, its arrival is what counts. */
const SIGUSR2 = 12
const UV_SIGNAL = 16
const UV_RUN_NOWAIT = 2
/** A thread that waited in libuv for ever could not be ended: so we look, twenty times a second. */
const LOOK_MS = 50
/** How soon we try again, where there was no descriptor left. */
const AGAIN_MS = 500

const { signals } = constants

type Koffi = typeof import('koffi')
type Tgkill = (group: number, thread: number, signal: number) => number

/** What asks a process to end. */
export const ENDING = ['SIGTERM', 'SIGHUP'] as const
const LISTENED = ['SIGINT', ...ENDING] as const
type Listened = (typeof LISTENED)[number]

export function createSignals(onLoaded: () => void, onSignal: (name: Listened) => void, log: Log): Signals {
  let tgkill: Tgkill | undefined
  let listening = false
  let again: NodeJS.Timeout | undefined
  /** Kept for as long as libuv has them. */
  const kept: unknown[] = []

  /** A cell may hold every descriptor that the process may have, for which loading and listening need some. */
  function load(): void {
    if (listening) return
    clearTimeout(again)
    try {
      const koffi = require('koffi') as Koffi
      const own = koffi.load(null)
      if (!tgkill) own.func('int siginterrupt(int, int)')(SIGUSR2, 1)
      tgkill ??= own.func('int tgkill(int, int, int)') as unknown as Tgkill
      listen(koffi, own)
      listening = true
      onLoaded()
    } catch (error) {
      log(`signals: ${(error as Error).message}`)
      if (outOfDescriptors(error)) again = setTimeout(load, AGAIN_MS).unref()
    }
  }

  /** A loop of our own with its watchers: libuv tells every loop that watches a signal, whichever thread runs it. */
  function listen(koffi: Koffi, own: ReturnType<Koffi['load']>): void {
    const call = (declaration: string) => own.func(declaration)
    const loop = koffi.alloc('char', Number(call('size_t uv_loop_size()')()))
    const init = call('int uv_signal_init(void *loop, void *watcher)')
    const start = call('int uv_signal_start(void *watcher, void *callback, int signal)')
    const watcher = () => koffi.alloc('char', Number(call('size_t uv_handle_size(int)')(UV_SIGNAL)))
    must('uv_loop_init', call('int uv_loop_init(void *loop)')(loop))
    const first = watcher()
    try {
      // The loop's pipe is made here; the other watchers need no more descriptors.
      must('uv_signal_init', init(loop, first))
    } catch (error) {
      call('int uv_loop_close(void *loop)')(loop)
      throw error
    }
    const callback = koffi.register(
      (_watcher: unknown, signal: number) => onSignal(LISTENED.find((name) => signals[name] === signal)!),
      koffi.pointer(koffi.proto('void socketlab_on_signal(void *watcher, int signal)')),
    )
    kept.push(loop, callback)
    for (const [index, name] of LISTENED.entries()) {
      const one = index === 0 ? first : watcher()
      if (index > 0) init(loop, one)
      start(one, callback, signals[name])
      kept.push(one)
    }
    const run = call('int uv_run(void *loop, int mode)')
    setInterval(() => run(loop, UV_RUN_NOWAIT), LOOK_MS).unref()
  }

  return {
    load,
    wake() {
      load()
      tgkill?.(process.pid, process.pid, SIGUSR2)
    },
  }
}

/** What libuv answers, where it could not. */
function must(what: string, status: number): void {
  if (status < 0) throw Object.assign(new Error(`${what}: ${getSystemErrorName(status)}`), { errno: -status })
}

/** The loader has no error number, only words. */
const outOfDescriptors = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).errno === constants.errno.EMFILE ||
  /too many open files/i.test((error as Error).message)
