/**
 * Calls with the wrong thing in one place after the other, and what is to be said of each: a TypeError or RangeError in
 * words of the library's own. Knows no function: the tables stand in the tests.
 */

/** One wrong call. */
export interface Attempt {
  readonly what: string
  readonly call: () => unknown
}

/** A right argument, and what must be refused in its place. */
export type Argument = readonly [good: unknown, wrong: readonly unknown[]]

const symbol = Symbol('s')
const fn = () => 1

/** What must be refused where such a thing belongs. */
export const wrong = {
  anything: [],
  /** A descriptor, or what has one. */
  file: [undefined, null, 'x', {}, [], symbol, 1.5, -1, 5n, { fileno: () => 'x' }],
  files: [undefined, null, 5, symbol, 'x', {}, ['x'], [null], [{}]],
  /** Bits or a count. */
  whole: ['1', null, [], {}, 1.5, Number.NaN, symbol, 5n, fn],
  /** The same, where an options object may stand. */
  wholeOrOptions: ['1', null, [], 1.5, Number.NaN, symbol, 5n, fn],
  /** A time limit, or an options object with one. */
  limit: ['5', [], Number.NaN, symbol, 5n, fn, { timeout: '5' }, { signal: 'stop' }, { signal: 5 }],
  /** Whether to wait; people write the time limit there. */
  flag: ['yes', 5, 0.5, [], symbol, 5n, fn, { timeout: '5' }, { signal: 'stop' }],
  options: ['x', 5, true, [], symbol, fn, { signal: 'stop' }, { signal: {} }],
  call: [undefined, null, 'x', 5, {}, [], symbol],
} satisfies Record<string, readonly unknown[]>

export type Kind = keyof typeof wrong

/** What JavaScript, Node or koffi would say in our place. */
const notOurs =
  /Cannot \w+|undefined is|is not (a function|iterable)|is not (a )?constructor|reading '|koffi|expected number|ERR_|private|\bnapi|BigInt/

export function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object') return String(value)
  try {
    return JSON.stringify(value, (_key, inner) => (typeof inner === 'function' ? 'function' : inner))
  } catch {
    return Object.prototype.toString.call(value)
  }
}

/** `call` with each argument wrong in turn; the right ones stand before it only, what is behind may not matter. */
export function attempts(
  name: string,
  args: readonly Argument[],
  call: (args: readonly unknown[]) => unknown,
): Attempt[] {
  return args.flatMap(([, values], place) =>
    values.map((value) => ({
      what: `${name}: argument ${place + 1} = ${show(value)}`,
      call: () => call([...args.slice(0, place).map(([good]) => good), value]),
    })),
  )
}

/** How long a wrong call may take until it counts as one that waits for ever. */
const HANGS_MS = 3000

/** What went wrong with the wrong argument: it was taken, or it was refused in words that help nobody. */
export async function complaints(all: readonly Attempt[]): Promise<string[]> {
  const found: string[] = []
  for (const { what, call } of all) {
    let timer: NodeJS.Timeout | undefined
    const hangs = new Promise((resolve) => {
      timer = setTimeout(resolve, HANGS_MS, 'nothing: it waits')
    })
    try {
      const given = await Promise.race([call(), hangs])
      found.push(`${what}: taken, gave ${show(given)}`)
    } catch (error) {
      const { name, message } = error as Error
      if (!(error instanceof TypeError || error instanceof RangeError)) found.push(`${what}: ${name}: ${message}`)
      else if (notOurs.test(message)) found.push(`${what}: not our words: ${message}`)
    } finally {
      clearTimeout(timer)
    }
  }
  return found
}
