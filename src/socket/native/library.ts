/**
 * The C library through koffi: loaded at the first call, so that importing this package costs nothing.
 *
 * `syscall('ssize_t recv(…)')` is a function that never throws and cannot forget errno; `foreign(…)` is any other C
 * function. Knows no single call: those are in syscalls.ts and netdb.ts.
 */
import { createRequire } from 'node:module'
import { assertSupported } from './system.ts'
import { unloadable } from './unloadable.ts'

type Koffi = typeof import('koffi', { with: { 'resolution-mode': 'import' }}).default
type Library = ReturnType<Koffi['load']>
/** Memory by its address, or by a typed array that holds it. */
export type Pointer = bigint | Uint8Array | null

let loaded: { koffi: Koffi; library: Library } | undefined
let errno: Int32Array | undefined

function load(): { koffi: Koffi; library: Library } {
  if (loaded) return loaded
  assertSupported()
  const koffi = required()
  const library = koffi.load(null)
  try {
    // The manual pages' names: prototypes can then be read beside them.
    koffi.alias('ssize_t', 'int64')
    koffi.alias('socklen_t', 'uint32')
    koffi.alias('mode_t', 'uint32')
  } catch {
    // koffi keeps names for the whole process: a second copy of this module finds them there already.
  }
  loaded = { koffi, library }
  return loaded
}

function required(): Koffi {
  try {
    // Bundled as CommonJS there is no import.meta.url, as a module no __filename.
    return createRequire(typeof __filename === 'string' ? __filename : import.meta.url)('koffi')
  } catch (error) {
    throw unloadable(error)
  }
}

/** koffi itself, for memory and callbacks. */
export const koffi = (): Koffi => load().koffi

/** A C function, bound at its first call. */
export function foreign<F extends (...args: never[]) => unknown>(prototype: string): F {
  let bound: F | undefined
  const call = (...args: never[]) => {
    bound ??= load().library.func(prototype) as unknown as F
    return bound(...args)
  }
  return call as F
}

/** The same, run on a worker thread: resolves to its result, and errno as that thread saw it. */
export function foreignAsync<A extends readonly unknown[]>(
  prototype: string,
): (...args: A) => Promise<{ result: number; errno: number }> {
  let bound: { async(...args: unknown[]): void } | undefined
  return (...args) =>
    new Promise((resolve, reject) => {
      bound ??= load().library.func(prototype)
      const { koffi } = load()
      bound.async(...args, (error: unknown, result: number) => {
        if (error) reject(error)
        else resolve({ result, errno: koffi.errno() })
      })
    })
}

/** errno of this thread, read in place: nothing runs between the call and the look at it. */
function errnoView(): Int32Array {
  const { koffi, library } = load()
  const location = library.func('void *__errno_location()')() as bigint
  return new Int32Array(koffi.view(location, 4))
}

type Native = (...args: unknown[]) => number

/**
 * A system call by its prototype: gives ≥ 0 as it came, -errno otherwise. Never throws.
 *
 * One closure for each number of arguments: a rest parameter costs a tenth of a short call.
 */
export function syscall<F extends (...args: never[]) => number>(prototype: string): F {
  let bound: Native | undefined
  const bind = (): Native => {
    errno ??= errnoView()
    bound = load().library.func(prototype) as unknown as Native
    return bound
  }
  const arity = prototype.includes('()') ? 0 : prototype.split(',').length
  // errno is read with the very next step, whether it is needed or not: a function's beginning, or a branch that V8 has
  // not seen taken, is where it may collect garbage or change code, and what that asks of the system has an errno too.
  const byArity: Native[] = [
    () => {
      const result = (bound ?? bind())()
      const number = errno![0]!
      return result < 0 ? -number : result
    },
    (a) => {
      const result = (bound ?? bind())(a)
      const number = errno![0]!
      return result < 0 ? -number : result
    },
    (a, b) => {
      const result = (bound ?? bind())(a, b)
      const number = errno![0]!
      return result < 0 ? -number : result
    },
    (a, b, c) => {
      const result = (bound ?? bind())(a, b, c)
      const number = errno![0]!
      return result < 0 ? -number : result
    },
    (a, b, c, d) => {
      const result = (bound ?? bind())(a, b, c, d)
      const number = errno![0]!
      return result < 0 ? -number : result
    },
    (a, b, c, d, e) => {
      const result = (bound ?? bind())(a, b, c, d, e)
      const number = errno![0]!
      return result < 0 ? -number : result
    },
    (a, b, c, d, e, f) => {
      const result = (bound ?? bind())(a, b, c, d, e, f)
      const number = errno![0]!
      return result < 0 ? -number : result
    },
  ]
  return byArity[arity]! as unknown as F
}
