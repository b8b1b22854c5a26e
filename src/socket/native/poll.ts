/**
 * libuv's uv_poll_*: the functions that node itself exports, one line each, and the one callback that serves all.
 *
 * Knows handles by their address; whose handle it is, is readiness.ts's affair. Main thread only: uv_default_loop() is
 * the main thread's loop.
 */
import { isMainThread } from 'node:worker_threads'
import { foreign, koffi } from './library.ts'

export const UV_READABLE = 1
export const UV_WRITABLE = 2
const UV_POLL = 8

const uv_default_loop = foreign<() => bigint>('void *uv_default_loop()')
const uv_handle_size = foreign<(type: number) => number>('size_t uv_handle_size(int type)')
const uv_poll_init = foreign<(loop: bigint, handle: bigint, fd: number) => number>(
  'int uv_poll_init(void *loop, void *handle, int fd)',
)
const uv_unref = foreign<(handle: bigint) => void>('void uv_unref(void *handle)')
const uv_poll_start = foreign<(handle: bigint, events: number, callback: bigint) => number>(
  'int uv_poll_start(void *handle, int events, void *cb)',
)
const uv_poll_stop = foreign<(handle: bigint) => number>('int uv_poll_stop(void *handle)')
const uv_close = foreign<(handle: bigint, callback: bigint) => void>('void uv_close(void *handle, void *cb)')

/** Called when a descriptor is ready; `status` < 0: an error is pending, and libuv has stopped the handle. */
export type OnReady = (status: number, events: number) => void

interface Callbacks {
  readonly ready: bigint
  readonly closed: bigint
}

const owners = new Map<bigint, OnReady>()
let callbacks: Callbacks | undefined
let loop: bigint

function prepare(): Callbacks {
  if (callbacks) return callbacks
  if (!isMainThread) {
    throw new Error('a worker thread has no event loop of ours to await on: use recvSync, acceptSync, … there')
  }
  const { proto, pointer, register, free } = koffi()
  loop = uv_default_loop()
  callbacks = {
    ready: register(
      (handle: bigint, status: number, events: number) => {
        owners.get(handle)?.(status, events)
        if (!drains) goOnSoon()
      },
      pointer(proto('void', ['void *', 'int', 'int'])),
    ),
    closed: register((handle: bigint) => free(handle), pointer(proto('void', ['void *']))),
  }
  return callbacks
}

/**
 * Up to Node 24, promises that a callback of koffi's resolved go on when it returns. Since then they do so only when
 * Node itself next calls JavaScript (seen in 26.6: waits ended with the next timer), which an immediate makes it do
 * directly after the poll phase.
 */
const drains = Number.parseInt(process.versions.node, 10) <= 24
let going = false
/** Of our own: a case of a check ends the immediates that it has started. */
const { setImmediate } = globalThis

function goOnSoon(): void {
  if (going) return
  going = true
  setImmediate(() => {
    going = false
  })
}

/** One uv_poll_t. Never keeps the program running by itself: keep-alive.ts does that. */
export class PollHandle {
  readonly #handle: bigint
  readonly #callbacks: Callbacks

  private constructor(handle: bigint, callbacks: Callbacks) {
    this.#handle = handle
    this.#callbacks = callbacks
  }

  /** Watches `fd`; gives a number < 0 (-errno) if libuv cannot. */
  static open(fd: number, onReady: OnReady): PollHandle | number {
    const callbacks = prepare()
    const handle = koffi().alloc('char', uv_handle_size(UV_POLL)) as bigint
    const status = uv_poll_init(loop, handle, fd)
    if (status < 0) {
      koffi().free(handle)
      return status
    }
    uv_unref(handle)
    owners.set(handle, onReady)
    return new PollHandle(handle, callbacks)
  }

  /** Reports these events from now on, and no others. */
  start(events: number): void {
    uv_poll_start(this.#handle, events, this.#callbacks.ready)
  }

  stop(): void {
    uv_poll_stop(this.#handle)
  }

  /** To be called before close(2), in the same turn: the number may be another descriptor's a moment later. */
  close(): void {
    owners.delete(this.#handle)
    // libuv keeps the memory until its callback runs; there it is freed.
    uv_close(this.#handle, this.#callbacks.closed)
  }
}
