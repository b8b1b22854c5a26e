/**
 * What a top-level `using` holds: it lives on after its cell, as a name does, and is disposed before a cell that
 * declares the name again, by lab.closeAll(), and when the kernel ends. In a block `using` is JavaScript's own.
 */

interface Kept {
  name: string
  dispose(): unknown
  /** Is its end waited for? A server of Node's own gives its port back at once, and then waits for callers that may stay. */
  waits: boolean
}

/** net.Server and what is made of it: http, https, http2, tls. */
const isServer = (value: object): boolean => 'listening' in value && 'getConnections' in value

/** In the order of their making; disposed from the end. */
let kept: Kept[] = []

/** Called by a cell's compiled code for each top-level `using`; `isAsync` for `await using`. */
export function keepUsing<T>(value: T, name: string, isAsync: boolean): T {
  if (value === null || value === undefined) return value
  const given = value as Partial<Disposable & AsyncDisposable>
  const method = (isAsync ? given[Symbol.asyncDispose] : undefined) ?? given[Symbol.dispose]
  if (typeof method !== 'function')
    throw new TypeError(
      isAsync
        ? `\`await using ${name}\` needs a value with [Symbol.asyncDispose]() or [Symbol.dispose]()`
        : `\`using ${name}\` needs a value with [Symbol.dispose]()`,
    )
  kept.push({ name, dispose: () => method.call(value), waits: !isServer(Object(value)) })
  return value
}

/** The same for all of them at once, as far as it goes without waiting. */
export function disposeKeptNow(onError: (error: unknown) => void): void {
  const ending = kept.reverse()
  kept = []
  for (const { dispose } of ending) {
    try {
      void Promise.resolve(dispose()).catch(onError)
    } catch (error) {
      onError(error)
    }
  }
}

/** Disposes what these names hold (all names where none are given), last made first. Resolves to how many that were. */
export async function disposeKept(onError: (error: unknown) => void, names?: readonly string[]): Promise<number> {
  const ending = kept.filter(({ name }) => names === undefined || names.includes(name))
  if (ending.length === 0) return 0
  kept = kept.filter((one) => !ending.includes(one))
  for (const { dispose, waits } of ending.reverse()) {
    try {
      const end = dispose()
      if (waits) await end
      else void Promise.resolve(end).catch(onError)
    } catch (error) {
      onError(error)
    }
  }
  return ending.length
}
