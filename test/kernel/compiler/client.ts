/**
 * The bundled compiler process at the end of its pipe, for tests: asks, runs what comes back as the executor would.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, Script } from 'node:vm'
import { build } from 'esbuild'
import { afterAll } from 'vitest'
import type {
  Answered,
  Asked,
  CompilerAnswers,
  CompilerRequest,
  ConvertAnswer,
} from '../../../kernel/bridge/compiler-api.ts'
import { encodeFrame, frameReader } from '../../../kernel/bridge/compiler-framing.ts'
// @ts-expect-error: plain JavaScript, which set-up runs before anything is built
import { compilerBuildOptions } from '../../../kernel/compiler/bundle.mjs'

export const root = join(import.meta.dirname, '../../..')
/** Stand-in declarations of src/, so that these tests need no build of it. */
export const types = join(import.meta.dirname, 'types')
export const bundle = join(root, 'dist/test/kernel/compiler.cjs')

let built: Promise<void> | undefined

/** Bundles the compiler once for all test files that run in this process, unless the bundle is newer than its sources. */
export function bundled(): Promise<void> {
  built ??= (async () => {
    const sources = ['kernel/compiler', 'kernel/bridge'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
    )
    const newest = Math.max(...sources.map((path) => statSync(path).mtimeMs))
    if (existsSync(bundle) && statSync(bundle).mtimeMs > newest) return
    // Several test files may do this at once.
    const own = `${bundle}.${process.pid}`
    await build({ ...compilerBuildOptions(root), outfile: own })
    renameSync(own, bundle)
  })()
  return built
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder of its own below the system's temporary one; gone when the tests are over. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-compiler-'))
  folders.push(folder)
  return folder
}

export interface Client {
  ask<R extends CompilerRequest>(request: R): Promise<CompilerAnswers[R['kind']]>
  child: ChildProcess
  stop(): Promise<number | null>
}

export interface Options {
  mode?: 'living' | 'plain'
  folder?: string
  bundlePath?: string
  /** Node's arguments, in place of a bundle. */
  args?: string[]
  env?: Record<string, string>
}

/** As a kernel has it: with the real declarations of src/. */
export const AS_BUILT: Options = { bundlePath: join(root, 'dist/kernel/compiler.cjs'), env: { SOCKETLAB_TYPES: '' } }

export async function startCompiler({
  mode = 'living',
  folder = emptyFolder(),
  bundlePath,
  args,
  env = {},
}: Options = {}): Promise<Client> {
  await bundled()
  const child = spawn(process.execPath, args ?? [bundlePath ?? bundle], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1', SOCKETLAB_TYPES: types, SOCKETLAB_COMPILER: mode, ...env },
  })
  let asked = 0
  const waiting: { resolve(value: unknown): void; reject(error: Error): void }[] = []
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  child.stdout.on(
    'data',
    frameReader((value) => waiting.shift()?.resolve((value as Answered).answer)),
  )
  child.stdin.on('error', () => {})
  void ended.then((code) => {
    for (const each of waiting) each.reject(new Error(`the compiler ended with ${code}`))
  })
  return {
    child,
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve: resolve as (value: unknown) => void, reject })
        child.stdin.write(encodeFrame({ id: String(asked++), request } satisfies Asked))
      }),
    stop() {
      child.stdin.end()
      return ended
    },
  }
}

// A package that offers itself to `import` only is loaded by a cell's `require` all the same.
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context)
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error
      return next(specifier, { ...context, conditions: ['node', 'import'] })
    }
  },
})

export type Converted = Extract<ConvertAnswer, { ok: true }>

/** What a cell did. */
export interface Run {
  answer: ConvertAnswer
  value?: unknown
  thrown?: unknown
}

/** Above some hundred properties V8 makes an object a dictionary, four times slower; a prototype it keeps fast. */
function keepFast(bindings: object): void {
  const child = Object.create(bindings) as { anything?: unknown }
  for (let twice = 0; twice < 2; twice++) void child.anything
}

/** A notebook: cells compiled one after another and run with one `exports`. */
export class Notebook {
  scope = ''
  cells = 0
  readonly exports: Record<string, unknown> = {}
  /** What top-level `using`s have kept. */
  readonly held: { value: unknown; name: string; isAsync: boolean }[] = []

  readonly client: Client
  readonly folder: string

  constructor(client: Client, folder = root) {
    this.client = client
    this.folder = folder
    const keep = (value: unknown, name: string, isAsync: boolean) => {
      this.held.push({ value, name, isAsync })
      return value
    }
    Object.defineProperty(this.exports, Symbol.for('socketlab.using'), { value: keep })
  }

  async convert(code: string): Promise<ConvertAnswer> {
    const answer = await this.client.ask({ kind: 'convert', after: this.scope, code, name: `cell [${++this.cells}]` })
    if (answer.ok) this.scope = answer.scope
    return answer
  }

  async run(code: string): Promise<Run> {
    const answer = await this.convert(code)
    if (!answer.ok) return { answer }
    for (const name of [...answer.declares, answer.result])
      if (name && !(name in this.exports)) this.exports[name] = undefined
    keepFast(this.exports)
    try {
      const load = createRequire(join(this.folder, 'notebook.js'))
      const head = `(${answer.awaits ? 'async ' : ''}function (exports, require, __filename, __dirname, __import) {`
      const script = new Script(`${head}${answer.javascript}\n})`, {
        filename: `cell [${this.cells}]`,
        columnOffset: -head.length,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      })
      const given = [this.exports, load, join(this.folder, 'notebook.ts'), this.folder, (load: unknown) => load]
      await script.runInThisContext().call(undefined, ...given)
      return { answer, ...(answer.result && { value: this.exports[answer.result] }) }
    } catch (thrown) {
      return { answer, thrown }
    }
  }
}
