/**
 * While work is graded (SOCKETLAB_GRADING=on) no cell changes what a check relies on: the language's own functions, the
 * library's classes and names, the ways into other code's variables. A learner's notebook knows nothing of this.
 *
 * Called once, before the first cell. A cell that tries gets a TypeError, or finds its own value hidden by the real one.
 * What is left to whoever shares a process with a test is told in docs/teacher.md.
 */
import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'

const { defineProperty, getOwnPropertyDescriptor, ownKeys, getPrototypeOf } = Reflect
const { freeze, isFrozen, preventExtensions } = Object
const hasInstance = Function.prototype[Symbol.hasInstance]

/** Whose functions stay as they are. Not Object.prototype and Error.prototype: `this.name = "MyError"` must go on. */
const FIXED: readonly object[] = [
  Object,
  Array,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  WeakMap.prototype,
  WeakSet.prototype,
  Promise,
  Promise.prototype,
  Function.prototype,
  String,
  String.prototype,
  RegExp.prototype,
  Number,
  Number.prototype,
  Boolean.prototype,
  BigInt.prototype,
  Symbol,
  Symbol.prototype,
  JSON,
  Reflect,
  Atomics,
  ArrayBuffer.prototype,
  DataView.prototype,
  Uint8Array,
  Uint8Array.prototype,
  getPrototypeOf(Uint8Array) as object,
  getPrototypeOf(Uint8Array.prototype) as object,
  Buffer,
  EventTarget.prototype,
  // Node's own event target, of which a MessagePort is one.
  getPrototypeOf(MessagePort.prototype) as object,
  getPrototypeOf([][Symbol.iterator]()) as object,
  getPrototypeOf(new Map()[Symbol.iterator]()) as object,
  getPrototypeOf(new Set()[Symbol.iterator]()) as object,
]

/** An `instanceof` with these asks their prototypes, whatever a cell says. Their subclasses may still say otherwise. */
const CLASSES: readonly object[] = [Error, TypeError, RangeError, Promise, Uint8Array, Buffer, RegExp, Map, Set, Array]

const GLOBALS = ['Promise', 'Object', 'Array', 'JSON', 'Reflect', 'Symbol', 'Error', 'Map', 'Set', 'Buffer'] as const

/** Node's modules that the kernel and the checks call, and the classes in them. */
const MODULES = ['util', 'vm', 'worker_threads', 'async_hooks', 'module', 'perf_hooks', 'diagnostics_channel'] as const
const NODE_CLASSES: readonly (readonly [string, string])[] = [
  ['async_hooks', 'AsyncLocalStorage'],
  ['worker_threads', 'Worker'],
  ['worker_threads', 'MessagePort'],
  ['vm', 'Script'],
]

/** Ways to other code's variables, promises and messages. */
const CLOSED: readonly (readonly [string, string])[] = [
  ['inspector', 'open'],
  ['async_hooks', 'createHook'],
  ['v8', 'setFlagsFromString'],
  ['v8', 'getHeapSnapshot'],
  ['v8', 'writeHeapSnapshot'],
]

function fix(holder: object): void {
  for (const key of ownKeys(holder)) {
    const found = getOwnPropertyDescriptor(holder, key)
    if (!found?.configurable) continue
    const closed = 'value' in found ? { writable: false, configurable: false } : { configurable: false }
    defineProperty(holder, key, closed)
  }
}

/** Some are accessors of Node's: then their value is put in their place. */
function fixGlobal(name: string): void {
  const value = (globalThis as Record<string, unknown>)[name]
  if (getOwnPropertyDescriptor(globalThis, name)?.configurable)
    defineProperty(globalThis, name, { value, writable: false, configurable: false })
}

/**
 * Names that objects inherit and that some honest code gives to one object: there they may be set. A `then` for every
 * object would stand between any promise and its value.
 */
const SHARED: readonly (readonly [object, string])[] = [
  [Object.prototype, 'then'],
  [EventEmitter.prototype, 'emit'],
  [EventEmitter.prototype, 'on'],
  [EventEmitter.prototype, 'addListener'],
]

/**
 * Nothing is added to them: an accessor there answers for every option that somebody leaves out, of the kernel's own calls
 * too (`cachedData` of a script is code that runs in the place of a check), and runs in the check's cell before the check.
 */
const COMPLETE: readonly object[] = [Object.prototype, Function.prototype]

function fixShared(holder: object, key: string | symbol, whose = 'every object'): void {
  const value = (holder as Record<string | symbol, unknown>)[key]
  defineProperty(holder, key, {
    get: () => value,
    set(this: object, own: unknown) {
      const property = { value: own, writable: true, enumerable: true, configurable: true }
      if (this === holder || !defineProperty(this, key, property))
        throw new TypeError(`${String(key)} of ${whose} stays as it is while work is graded`)
    },
    configurable: false,
  })
}

const closed = (name: string) => () => {
  throw new Error(`${name} is not available while work is graded`)
}

/** @param library what cells find without an import; its classes and namespaces are frozen */
export function harden(library: Readonly<Record<string, unknown>>): void {
  const load = createRequire(__filename)
  const moduleOf = (name: string) => load(`node:${name}`) as Record<string, object>
  for (const [name, what] of CLOSED) moduleOf(name)[what] = closed(`${name}.${what}`)
  const { Session } = load('node:inspector') as typeof import('node:inspector')
  Session.prototype.connect = closed('an inspector session')
  fix(Session.prototype)
  const { promiseHooks } = load('node:v8') as { promiseHooks: Record<string, unknown> }
  for (const name of ownKeys(promiseHooks) as string[]) promiseHooks[name] = closed(`v8.promiseHooks.${name}`)
  freeze(promiseHooks)
  closeProcess()
  for (const name of MODULES) fix(moduleOf(name))
  fix(moduleOf('inspector'))
  fix(moduleOf('v8'))
  for (const [module, name] of NODE_CLASSES) fix((moduleOf(module)[name] as unknown as { prototype: object }).prototype)
  for (const one of CLASSES)
    defineProperty(one, Symbol.hasInstance, { value: hasInstance, writable: false, configurable: false })
  for (const one of FIXED) fix(one)
  for (const name of GLOBALS) fixGlobal(name)
  for (const [holder, key] of SHARED) fixShared(holder, key)
  for (const one of COMPLETE) preventExtensions(one)
  freezeLibrary(library)
}

/** Not `process.exit` and its like: those end the cell only, and a lesson may watch them. */
function closeProcess(): void {
  for (const name of ['_getActiveHandles', '_getActiveRequests', 'binding', '_linkedBinding']) {
    if (name in process) defineProperty(process, name, { value: closed(`process.${name}`), configurable: false })
  }
}

/** Whose classes learners configure, as in Python: `TCPServer.allowReuseAddress = true`. */
const CONFIGURED = new Set(['socketserver', 'selectors'])

function freezeLibrary(library: Readonly<Record<string, unknown>>): void {
  for (const name of ownKeys(library) as string[]) {
    const value = library[name]
    if (typeof value === 'function') freezeClass(value)
    else if (typeof value === 'object' && value !== null && !CONFIGURED.has(name))
      for (const member of Object.values(value)) if (typeof member === 'function') freezeClass(member)
    fixGlobal(name)
  }
}

/** A function or class, and its prototypes up to the language's own or Node's. */
function freezeClass(value: object): void {
  // threading.ThreadError: a name for the language's own, whose `stackTraceLimit` is set by whoever looks at stacks.
  if (value === Error) return
  freeze(value)
  const { prototype } = value as { prototype?: object }
  for (let at = prototype; at && !NOT_OURS.has(at); at = getPrototypeOf(at) ?? undefined) freezePrototype(at)
}

/** One thing may have its own, as in a notebook: `thread.run = …`, or `this.name = "ChatError"` in a class of errors. */
function freezePrototype(prototype: object): void {
  if (isFrozen(prototype)) return
  for (const key of ownKeys(prototype)) {
    const found = getOwnPropertyDescriptor(prototype, key)
    if (key !== 'constructor' && found?.configurable && 'value' in found)
      fixShared(prototype, key, `every ${prototype.constructor.name}`)
  }
  freeze(prototype)
}

const NOT_OURS = new Set<object>([Object.prototype, Error.prototype, Promise.prototype, EventEmitter.prototype])

/**
 * Guards the names of the library among the notebook's own. `check` and `lab` are always the real ones; what a cell
 * calls `socket` is its own affair, but nobody changes it while a check runs.
 */
export function guardNames(
  bindings: object,
  library: Readonly<Record<string, unknown>>,
  isChecking: () => boolean,
): void {
  for (const name of ownKeys(library)) {
    if (name === 'default' || name === '__esModule') continue
    const real = library[name as string]
    const always = name === 'check' || name === 'lab'
    let own: unknown = real
    defineProperty(bindings, name, {
      get: () => own,
      set: (value: unknown) => {
        if (!always && !isChecking()) own = value
      },
      enumerable: false,
      configurable: false,
    })
  }
}
