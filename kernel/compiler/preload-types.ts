/**
 * The types of every name that a notebook has without an import, as one declaration file that is made here.
 * The list of names stands in this file only. Knows nothing of what the names do.
 */
import { existsSync, readFileSync } from 'node:fs'
import { socketlabTypes } from './places.ts'

/** Modules: value and namespace of types alike. */
const MODULES = ['socket', 'struct', 'threading', 'queue', 'select', 'selectors', 'socketserver', 'lab']

const FUNCTIONS = ['check', 'bytes', 'repr', 'sleep']

/** Preloaded names that are called. */
export const PRELOADED_FUNCTIONS: ReadonlySet<string> = new Set(FUNCTIONS)

/** Python's exception classes, bare as in Python. */
const ERRORS = [
  'OSError',
  'BlockingIOError',
  'ChildProcessError',
  'ConnectionError',
  'BrokenPipeError',
  'ConnectionAbortedError',
  'ConnectionRefusedError',
  'ConnectionResetError',
  'FileExistsError',
  'FileNotFoundError',
  'InterruptedError',
  'IsADirectoryError',
  'NotADirectoryError',
  'PermissionError',
  'ProcessLookupError',
  'TimeoutError',
  'KeyboardInterrupt',
]

/** What the kernel itself provides. */
const KERNEL = `
  /**
   * Asks the person at the notebook for a line of text.
   *
   * @param prompt shown before the box
   * @returns what was typed, without the line's end
   * @throws {KeyboardInterrupt} when ■ is pressed meanwhile
   * @example const name = await input("Your name: ")
   */
  function input(prompt?: string, options?: { password?: boolean; signal?: AbortSignal }): Promise<string>

  /** Shows rich output under the cell: display.html("<b>bold</b>"), or display(value) as a last line would. */
  const display: import("../kernel/display/display.d.ts").Display

  /** Deno.jupyter's names, and comms for widgets. */
  const jupyter: import("../kernel/display/jupyter.d.ts").Jupyter & { comms: import("../kernel/display/comm.d.ts").Comms }

  /** The web's dialogs, over the notebook's input box. They are awaited here. */
  function prompt(message?: string, fallback?: string): Promise<string>
  function confirm(message?: string): Promise<boolean>
  function alert(message?: string): Promise<void>
`

/** What Node has, and neither its types nor the language's libraries declare. */
const NODE = `
  namespace WebAssembly {
    type Imports = Record<string, Record<string, unknown>>
    /** Functions are called as they are: \`instance.exports.add(1, 2)\`. */
    type Exports = Record<string, any>
    class Module {
      constructor(bytes: ArrayBuffer | ArrayBufferView)
      static exports(module: Module): { name: string; kind: string }[]
      static imports(module: Module): { module: string; name: string; kind: string }[]
      static customSections(module: Module, name: string): ArrayBuffer[]
    }
    class Instance {
      constructor(module: Module, imports?: Imports)
      readonly exports: Exports
    }
    class Memory {
      constructor(descriptor: { initial: number; maximum?: number; shared?: boolean })
      readonly buffer: ArrayBuffer
      grow(pages: number): number
    }
    class Table {
      constructor(descriptor: { element: "anyfunc" | "externref"; initial: number; maximum?: number }, value?: unknown)
      readonly length: number
      get(index: number): any
      set(index: number, value?: unknown): void
      grow(by: number, value?: unknown): number
    }
    class Global {
      constructor(descriptor: { value: "i32" | "i64" | "f32" | "f64" | "externref" | "anyfunc"; mutable?: boolean }, value?: unknown)
      value: any
      valueOf(): any
    }
    class CompileError extends Error {}
    class LinkError extends Error {}
    class RuntimeError extends Error {}
    function validate(bytes: ArrayBuffer | ArrayBufferView): boolean
    function compile(bytes: ArrayBuffer | ArrayBufferView): Promise<Module>
    function instantiate(bytes: ArrayBuffer | ArrayBufferView, imports?: Imports): Promise<{ module: Module; instance: Instance }>
    function instantiate(module: Module, imports?: Imports): Promise<Instance>
  }
`

const index = `${socketlabTypes}/index.d.ts`

/** Where the file of the preloaded names seems to lie: nothing is written there. */
export const preloadFile = `${socketlabTypes}/__preloaded__.d.ts`

/** For `paths` of the compiler options: the package's own name, from a cell. */
export const socketlabPaths: Record<string, string[]> = {
  socketlab: [index],
  'socketlab/lab': [`${socketlabTypes}/lab/index.d.ts`],
  tslab: [`${socketlabTypes}/../kernel/display/tslab.d.ts`],
}

/**
 * `export import` in `declare global` makes a name all that it is in the module (value, type, namespace), and a cell's
 * own declaration of the name hides it, as with any global. A name that the module lacks would be `any`: left out.
 */
export function preloadDeclarations(): string {
  if (!existsSync(index)) return `export {}\ndeclare global {${KERNEL}${NODE}}\n`
  const exported = new Set(readFileSync(index, 'utf8').match(/\w+/g))
  const there = [...MODULES, ...FUNCTIONS, ...ERRORS].filter((name) => exported.has(name))
  const names = there.map((name) => `  export import ${name} = socketlab.${name}\n`)
  return `import * as socketlab from './index.d.ts'\ndeclare global {\n${names.join('')}${KERNEL}${NODE}}\n`
}
