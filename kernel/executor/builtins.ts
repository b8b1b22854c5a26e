/**
 * A cell may delete `process` or patch `Array.prototype.map`; the kernel's own code on this thread needs them.
 *
 * Before that code runs, a small self-test looks whether they still work. Only if not, what has changed is put back:
 * a mocked `fetch`, a seeded `Math.random` or an instrumented `map` are the learner's affair and stay. Everything here
 * uses what was captured when the kernel started, and nothing else.
 */
const { getOwnPropertyDescriptor, defineProperty, get, ownKeys, set } = Reflect

interface Kept {
  holder: object
  name: string
  key: PropertyKey
  descriptor: PropertyDescriptor
  /** What an accessor gave: `process = …` changes what is behind it. */
  value?: unknown
}

const HOLDERS: Record<string, object> = {
  Object,
  'Object.prototype': Object.prototype,
  Array,
  'Array.prototype': Array.prototype,
  'Map.prototype': Map.prototype,
  'Set.prototype': Set.prototype,
  Promise,
  'Promise.prototype': Promise.prototype,
  'Function.prototype': Function.prototype,
  'String.prototype': String.prototype,
  'RegExp.prototype': RegExp.prototype,
  'Number.prototype': Number.prototype,
  'Error.prototype': Error.prototype,
  JSON,
  Reflect,
  Atomics,
}

const GLOBALS = [
  ...Object.keys(HOLDERS).filter((name) => !name.includes('.')),
  'console',
  'process',
  'Buffer',
  'setTimeout',
  'setImmediate',
  'queueMicrotask',
  'Map',
  'Set',
  'Error',
  'String',
  'Number',
  'Symbol',
  'TextDecoder',
]

const kept: Kept[] = []
let count = 0

function keep(holder: object, name: string, key: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(holder, key)
  if (!descriptor?.configurable) return
  const behind = holder === globalThis && descriptor.set ? { value: get(holder, key) } : {}
  kept[count++] = { holder, name, key, descriptor, ...behind }
}

/** Remembers the language's own functions as they are now. */
export function keepBuiltins(): void {
  for (const [name, holder] of Object.entries(HOLDERS))
    for (const key of ownKeys(holder)) keep(holder, `${name}.${String(key)}`, key)
  for (const name of GLOBALS) keep(globalThis, name, name)
}

/** Uses what the kernel uses, with answers that are known. */
function work(): boolean {
  const { process: host, console: printer, Buffer: bytes, setImmediate: later } = globalThis
  if (typeof host !== 'object' || typeof printer?.log !== 'function' || !bytes || typeof later !== 'function')
    return false
  const doubled = [1, 2].map((n) => n * 2).filter((n) => n > 2)
  doubled.push(...[...new Map([[1, 5]]).values()])
  const found = new Map([[1, 2]]).get(1) === 2 && new Set([1]).has(1)
  const text = `${doubled.join()} ${'a-b'.split('-').at(-1)} ${/b(.)/.exec('abc')?.[1]} ${'x'.replace('x', 'y')}`
  const called = ((n: number) => n).call(null, 1) === 1 && ((n: number) => n).apply(null, [1]) === 1
  const json = JSON.stringify(Object.fromEntries(Object.entries({ a: [1] }))) === '{"a":[1]}'
  const read = JSON.parse('5') === 5 && Array.isArray([])
  return found && called && json && read && text === '4,5 b c y' && typeof Promise.resolve(1).then === 'function'
}

function healthy(): boolean {
  try {
    return work()
  } catch {
    return false
  }
}

/** Puts back what the kernel cannot do without. Returns the names of what had changed: none, mostly. */
export function mendBuiltins(): string[] {
  if (healthy()) return []
  const mended: string[] = []
  let last = 0
  for (let i = 0; i < count; i++) {
    const { holder, name, key, descriptor, value } = kept[i] as Kept
    const now = getOwnPropertyDescriptor(holder, key)
    const same = now && now.value === descriptor.value && now.get === descriptor.get
    if (same && (value === undefined || get(holder, key) === value)) continue
    if (!same && !defineProperty(holder, key, descriptor)) continue
    if (value !== undefined && !set(holder, key, value)) continue
    mended[last++] = name
  }
  return mended
}
