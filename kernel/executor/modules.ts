/**
 * `require` as a cell sees it: packages from the notebook's folder, local TypeScript as the compiler made it,
 * and `socketlab` itself, the same instance that is preloaded.
 */
import { readFileSync, statSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import { runInThisContext } from 'node:vm'
import type { CompiledFile } from '../bridge/compiler-api.ts'
import { npmPackage } from '../bridge/npm-specifier.ts'
import { awaitedPackage, awaitingFile, type Imports, importedBy, loadAwaiting } from './es-packages.ts'
import { finderOf, nodeRequireFrom, requireImported } from './node-require.ts'
import { notFound, notImported } from './not-found.ts'
import { registerSource } from './stack.ts'

interface LocalModule {
  compiled: CompiledFile
  /** Local files that this one required: when one changes, this one runs again too. */
  requires: Set<string>
  module?: { exports: unknown }
  /** While it waits at its top level. */
  loading?: Promise<void>
}

/** Where paths of cells start: the compiler finds files from there, also after `process.chdir`. */
export const notebookFolder = process.cwd()

const locals = new Map<string, LocalModule>()
/** JSON files that were required, and how they looked then. */
const json = new Map<string, string>()
/** What the kernel itself provides under a package's name. */
const provided = new Map<string, () => unknown>()

export const provideModule = (name: string, load: () => unknown): void => void provided.set(name, load)

/** Local files that are new or changed: they, and whoever requires them, run again when next required. */
export function updateLocalModules(files: CompiledFile[]): void {
  for (const compiled of files) {
    const { path, map } = compiled
    locals.set(path, { compiled, requires: new Set() })
    registerSource(path, textOf(path), map)
    forgetDependents(path, new Set())
  }
  for (const [path, stamp] of json) if (stampOf(path) !== stamp) forgetJson(path)
}

function forgetDependents(path: string, seen: Set<string>): void {
  if (seen.has(path)) return
  seen.add(path)
  for (const [other, local] of locals) {
    if (!local.requires.has(path)) continue
    delete local.module
    delete local.loading
    forgetDependents(other, seen)
  }
}

function forgetJson(path: string): void {
  json.delete(path)
  delete createRequire(path).cache[path]
  forgetDependents(path, new Set())
}

const stampOf = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false })
  return `${found?.mtimeMs} ${found?.size}`
}

/** For the lines shown under an error. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const CANDIDATES = ['', '.ts', '.js', '/index.ts', '/index.js']

function findLocal(specifier: string, folder: string): string | undefined {
  const base = /^\.{0,2}\//.test(specifier) ? resolve(folder, specifier) : ownPackage(specifier, folder)
  if (base === undefined) return undefined
  // As TypeScript looks for them: `./peer.js` is peer.ts where there is one.
  const asTypeScript = base.replace(/\.([mc]?)js$/, '.$1ts')
  return [asTypeScript, ...CANDIDATES.map((ending) => base + ending)].find((path) => locals.has(path))
}

/** `#util`, which the notebook's own package.json names, that package by its name, or another of its workspace. */
function ownPackage(specifier: string, folder: string): string | undefined {
  if (locals.size === 0 || isBuiltin(specifier)) return undefined
  try {
    return nodeRequireFrom(folder).resolve(specifier)
  } catch (error) {
    // The entry says `./src/util.js` where util.ts lies.
    return /^Cannot find module '(\/[^']*)'/.exec((error as Error).message)?.[1]
  }
}

/** A `require` for code in `folder`, by which its imports are done too; `onLocal` learns of each local file it loads. */
export function requireFrom(
  folder: string,
  imports: Imports = new Map(),
  onLocal?: (path: string) => void,
): NodeJS.Require {
  const nodeRequire = nodeRequireFrom(folder)
  const require = (specifier: string): unknown => {
    const ours = provided.get(specifier)
    if (ours) return ours()
    const local = findLocal(specifier, folder)
    if (local === undefined) {
      try {
        if (specifier.endsWith('.json')) rememberJson(nodeRequire.resolve(specifier), onLocal)
        return imports.get(specifier) ? requireImported(specifier, folder) : nodeRequire(specifier)
      } catch (error) {
        const finding = finderOf(specifier, folder, imports.get(specifier))
        return awaitedPackage(notFound(error, specifier, require), specifier, () => finding.resolve(specifier), require)
      }
    }
    onLocal?.(local)
    return loadLocal(local)
  }
  const find = (specifier: string, options?: { paths?: string[] }) =>
    findLocal(specifier, folder) ?? nodeRequire.resolve(specifier, options)
  return Object.assign(require, {
    resolve: Object.assign(find, { paths: nodeRequire.resolve.paths }),
    cache: nodeRequire.cache,
    main: undefined,
    // Deprecated by Node, but part of the type.
    extensions: nodeRequire.extensions,
  })
}

function rememberJson(path: string, onLocal?: (path: string) => void): void {
  if (path.includes('/node_modules/')) return
  if (!json.has(path)) json.set(path, stampOf(path))
  onLocal?.(path)
}

type NodeImport = (specifier: string, options?: unknown) => Promise<unknown>

/** What a cell's `import(…)` calls, with Node's own for what is no local file of ours. */
export const importFrom =
  (folder: string) =>
  (nodeImport: NodeImport): NodeImport =>
  async (specifier, options) => {
    const local = findLocal(String(specifier), folder)
    if (local !== undefined) {
      await loadPackages(packagesOf(local, new Set()))
      await loadWaiting(local)
      return namespaceOf(loadLocal(local))
    }
    const ours = provided.get(specifier)
    if (ours) return namespaceOf(ours())
    return nodeImport(npmPackage(String(specifier)), options).catch((error) => {
      throw notImported(error, specifier, folder)
    })
  }

function namespaceOf(exports: unknown): unknown {
  if ((exports as { __esModule?: unknown } | null)?.__esModule) return exports
  return { ...(exports as object), default: exports }
}

const WRAPPER = 'function (exports, require, module, __filename, __dirname) {'

/** Its exports; `ended` once it has run, where it awaits at its top level. */
function run(path: string, local: LocalModule): { exports: unknown; ended: Promise<void> | undefined } {
  const { javascript, awaits } = local.compiled
  // Before it runs: modules may require each other in a circle.
  local.module ??= { exports: {} }
  const { module } = local
  const head = `(${awaits ? 'async ' : ''}${WRAPPER}`
  const folder = dirname(path)
  const require = requireFrom(folder, importedBy(javascript), (other) => local.requires.add(other))
  try {
    const wrapped = runInThisContext(`${head}${javascript}\n})`, { filename: path, columnOffset: -head.length })
    const ended = (wrapped as (...given: unknown[]) => Promise<void> | undefined).call(
      module.exports,
      module.exports,
      require,
      module,
      path,
      folder,
    )
    return { exports: module.exports, ended: awaits ? ended : undefined }
  } catch (error) {
    delete local.module
    throw error
  }
}

function loadLocal(path: string): unknown {
  const local = locals.get(path)!
  if (local.module) return local.module.exports
  if (local.compiled.awaits)
    throw new Error(`${path} awaits at its top level, so it cannot be required: load it with \`import\``)
  return run(path, local).exports
}

/** Local files that the code requires. TypeScript has made `require` of each `import`. */
const requiredBy = (javascript: string, folder: string): string[] =>
  [...javascript.matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].flatMap(
    ([, specifier]) => findLocal(specifier as string, folder) ?? [],
  )

/** Whether a file, or one that it requires, awaits at its top level. */
function waits(path: string, seen: Set<string>): boolean {
  if (seen.has(path)) return false
  seen.add(path)
  const { compiled, module, loading } = locals.get(path)!
  if (module && !loading) return false
  return compiled.awaits || requiredBy(compiled.javascript, dirname(path)).some((each) => waits(each, seen))
}

/** Files of packages that the code, and the local files that it imports, must wait for. */
function awaitingPackages(imports: Imports, folder: string, seen: Set<string>): string[] {
  return [...imports].flatMap(([specifier, isImport]) => {
    if (provided.has(specifier)) return []
    const local = findLocal(specifier, folder)
    if (local !== undefined) return packagesOf(local, seen)
    return awaitingFile(specifier, finderOf(specifier, folder, isImport)) ?? []
  })
}

function packagesOf(path: string, seen: Set<string>): string[] {
  const { compiled, module } = locals.get(path)!
  if (module || seen.has(path)) return []
  seen.add(path)
  return awaitingPackages(importedBy(compiled.javascript), dirname(path), seen)
}

async function loadPackages(files: readonly string[]): Promise<void> {
  for (const file of new Set(files)) await loadAwaiting(file)
}

/** Loads what must be there before `javascript` runs, since it awaits; `undefined` where there is nothing. */
export function waitedFor(javascript: string, imports: Imports, folder: string): Promise<void> | undefined {
  const packages = awaitingPackages(imports, folder, new Set())
  const files = [...locals.values()].some(({ compiled }) => compiled.awaits) ? requiredBy(javascript, folder) : []
  return packages.length + files.length > 0 ? loadAll(packages, files) : undefined
}

async function loadAll(packages: readonly string[], paths: readonly string[]): Promise<void> {
  await loadPackages(packages)
  for (const path of paths) if (waits(path, new Set())) await loadWaiting(path)
}

/** First the files that it requires, then itself: one after another, as an `import` does. */
function loadWaiting(path: string): Promise<void> {
  const local = locals.get(path)!
  if (local.module && !local.loading) return Promise.resolve()
  // Not at once: files that require each other in a circle find that it is being loaded.
  if (!local.loading) {
    const loading = Promise.resolve()
      .then(() => load(path, local))
      .finally(() => {
        if (local.loading === loading) delete local.loading
      })
    local.loading = loading
  }
  return local.loading
}

/** ■ has ended a cell while it waited for files: the next import begins anew. */
export function forgetLoading(): void {
  for (const local of locals.values()) {
    if (!local.loading) continue
    delete local.loading
    delete local.module
  }
}

async function load(path: string, local: LocalModule): Promise<void> {
  const { awaits } = local.compiled
  // What requires it in a circle gets it half made.
  if (awaits) local.module = { exports: {} }
  for (const each of requiredBy(local.compiled.javascript, dirname(path)))
    if (!locals.get(each)?.loading && waits(each, new Set([path]))) await loadWaiting(each)
  if (!awaits) return
  try {
    await run(path, local).ended
  } catch (error) {
    delete local.module
    throw error
  }
}
