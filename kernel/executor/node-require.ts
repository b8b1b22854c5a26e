/**
 * Node's own `require` in a folder, and the same as an `import` finds packages: of one that has two builds, the one for
 * `import`, whose types the compiler has read, and which packages of ES modules share. Knows nothing of local files.
 */
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import { types } from 'node:util'

/** Node keeps what it has found by the folder that asked. Nothing lies in this one: it is looked for further up. */
const IMPORTING = '.import'
const ASKER = 'notebook.cjs'

const made = new Map<string, NodeJS.Require>()

/** Made once a folder: each cell asks, and making one takes Node a tenth of a small cell's time. */
export function nodeRequireFrom(folder: string): NodeJS.Require {
  const own = made.get(folder) ?? createRequire(join(folder, ASKER))
  made.set(folder, own)
  return own
}

/** What finds it: a package that is imported by a `require` of its own, everything else has one build only. */
export const finderOf = (specifier: string, folder: string, isImport: boolean | undefined): NodeJS.Require =>
  nodeRequireFrom(isImport && !/^(?:[./]|node:)/.test(specifier) ? join(folder, IMPORTING) : folder)

/** Of builds that only bundlers read: files that are named without their ending, ES modules that are not marked as such. */
const UNREADABLE = ['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT', 'ERR_UNKNOWN_FILE_EXTENSION']

/** The package as an `import` gets it, or, where Node cannot read that build, as `require` does. */
export function requireImported(specifier: string, folder: string): unknown {
  const importing = finderOf(specifier, folder, true)
  try {
    const found = importing(specifier)
    if (!types.isModuleNamespaceObject(found)) return found
    return withNames(found as Record<string, unknown>, () => hasOtherBuild(importing, specifier, folder))
  } catch (error) {
    const isUnreadable =
      error instanceof SyntaxError || UNREADABLE.includes((error as NodeJS.ErrnoException | null)?.code ?? '')
    const plain = nodeRequireFrom(folder)
    if (!isUnreadable || importing.resolve(specifier) === plain.resolve(specifier)) throw error
    return plain(specifier)
  }
}

const seen = new WeakMap<object, unknown>()

/**
 * Many a build for `import` has a default alone, where the one for `require`, and the types made of it, have names:
 * `import * as ejs from "ejs"` finds `ejs.render` all the same, as it did in every notebook that was compiled to `require`.
 */
function withNames(namespace: Record<string, unknown>, hasOther: () => boolean): unknown {
  const known = seen.get(namespace)
  if (known !== undefined) return known
  const result = hasOther() ? withNamesOfDefault(namespace) : namespace
  seen.set(namespace, result)
  return result
}

function withNamesOfDefault(namespace: Record<string, unknown>): object {
  const value: unknown = 'default' in namespace ? namespace.default : undefined
  const holder = (typeof value === 'object' || typeof value === 'function') && value !== null ? (value as object) : {}
  const missing = Object.keys(holder).filter((name) => !(name in namespace))
  if (missing.length === 0) return namespace
  const all = Object.defineProperty({ ...namespace }, '__esModule', { value: true, enumerable: false })
  for (const name of missing) Object.defineProperty(all, name, { get: () => Reflect.get(holder, name) })
  return all
}

const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//

/** Whether `require` finds another file. Where the build for `import` stands upon it, it is made whole: `WebSocket.Server`. */
function hasOtherBuild(importing: NodeJS.Require, specifier: string, folder: string): boolean {
  const plain = nodeRequireFrom(folder)
  try {
    const entry = plain.resolve(specifier)
    if (entry === importing.resolve(specifier)) return false
    const own = PACKAGE.exec(entry)?.[0]
    if (own !== undefined && Object.keys(plain.cache).some((each) => each.startsWith(own))) plain(specifier)
    return true
  } catch {
    return false // It is for `import` only, or that build is broken.
  }
}

/** Lets `require` find packages that are for `import` only, which Node can require, and imports what is for them. */
export function findPackagesAsImport(): void {
  registerHooks({
    resolve(specifier, context, next) {
      // Taken first: Node keeps in `context` what it was asked with last.
      const { conditions } = context
      const asImport = () => conditions.map((each) => (each === 'require' ? 'import' : each))
      const isImported = context.parentURL?.endsWith(`/${IMPORTING}/${ASKER}`)
      try {
        return next(specifier, isImported ? { ...context, conditions: asImport() } : context)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error
        return next(specifier, { ...context, conditions: isImported ? conditions : asImport() })
      }
    },
  })
}
