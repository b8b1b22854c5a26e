/**
 * `require` as a cell sees it: packages from the notebook's folder, local TypeScript as the compiler made it,
 * and `socketlab` itself, the same instance that is preloaded.
 */
import { createRequire, registerHooks } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import type { Compiled } from '../bridge/compiler-api.ts'
import { registerSource } from './stack.ts'

interface LocalModule {
  compiled: Compiled
  /** Local modules that this one required: when one changes, this one runs again too. */
  requires: Set<string>
  module?: { exports: unknown }
}

const locals = new Map<string, LocalModule>()
/** What the kernel itself provides under a package's name. */
const provided = new Map<string, () => unknown>()

export const provideModule = (name: string, load: () => unknown): void => void provided.set(name, load)

/** Local files that are new or changed: they, and whoever requires them, run again when next required. */
export function updateLocalModules(files: (Compiled & { path: string })[]): void {
  for (const { path, ...compiled } of files) {
    locals.set(path, { compiled, requires: new Set() })
    registerSource(path, sourceText(compiled.map), compiled.map)
    forgetDependents(path, new Set())
  }
}

function forgetDependents(path: string, seen: Set<string>): void {
  if (seen.has(path)) return
  seen.add(path)
  for (const [other, { requires }] of locals) {
    if (!requires.has(path)) continue
    delete locals.get(other)!.module
    forgetDependents(other, seen)
  }
}

const sourceText = (map: string): string => (JSON.parse(map) as { sourcesContent?: string[] }).sourcesContent?.[0] ?? ''

const CANDIDATES = ['', '.ts', '.js', '.mts', '.cts', '/index.ts', '/index.js']

function findLocal(specifier: string, folder: string): string | undefined {
  if (!/^\.{0,2}\//.test(specifier)) return undefined
  const base = resolve(folder, specifier)
  const asTypeScript = base.replace(/\.([mc]?)js$/, '.$1ts')
  return [...CANDIDATES.map((ending) => base + ending), asTypeScript].find((path) => locals.has(path))
}

/** A `require` for code in `folder`; `onLocal` learns of each local module it loads. */
export function requireFrom(folder: string, onLocal?: (path: string) => void): NodeJS.Require {
  const nodeRequire = createRequire(join(folder, 'notebook.cjs'))
  const require = (specifier: string): unknown => {
    const ours = provided.get(specifier)
    if (ours) return ours()
    const local = findLocal(specifier, folder)
    if (local === undefined) return nodeRequire(specifier)
    onLocal?.(local)
    return loadLocal(local)
  }
  return Object.assign(require, {
    resolve: nodeRequire.resolve,
    cache: nodeRequire.cache,
    main: undefined,
    // Deprecated by Node, but part of the type.
    extensions: nodeRequire.extensions,
  })
}

function loadLocal(path: string): unknown {
  const local = locals.get(path)!
  if (local.module) return local.module.exports
  const module: { exports: unknown } = { exports: {} }
  // Before it runs: modules may require each other in a circle.
  local.module = module
  const folder = dirname(path)
  const run = compileFunction(local.compiled.javascript, ['exports', 'require', 'module', '__filename', '__dirname'], {
    filename: path,
  })
  try {
    run.call(
      module.exports,
      module.exports,
      requireFrom(folder, (other) => local.requires.add(other)),
      module,
      path,
      folder,
    )
  } catch (error) {
    delete local.module
    throw error
  }
  return module.exports
}

/** Packages that are for `import` only: Node can require them, but does not find them under `require`'s conditions. */
export function findImportOnlyPackages(): void {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error
        return next(specifier, { ...context, conditions: ['node', 'import'] })
      }
    },
  })
}
