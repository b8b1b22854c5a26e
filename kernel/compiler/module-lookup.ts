/**
 * Where modules lie, for the making of one program: it asks for hundreds of files in few folders, so each folder is
 * read once, and what a package's own files import is looked up once for all programs. Between two programs nothing is
 * remembered that an installation could change. Knows nothing of cells or of what is in a file.
 */
import { readdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import { noteRead } from './disk-reads.ts'

type Resolved = ts.ResolvedModuleWithFailedLookupLocations

export interface ModuleLookup {
  /** Calls `make` while the disk is taken to stand still. */
  during<T>(make: () => T): T
  fileExists(name: string): boolean
  directoryExists(name: string): boolean
  /** For ts.CompilerHost. */
  host: Required<Pick<ts.CompilerHost, 'resolveModuleNameLiterals' | 'getModuleResolutionCache'>>
}

/** Node's own modules are declared by name: that comes first, whatever lies on the disk. */
const declared: Resolved = { resolvedModule: undefined }

const sameName = (name: string): string => name

/** Packages are not changed where they lie; a notebook's own files are. */
const isOfPackage = (file: string): boolean => file.includes('/node_modules/')

/** `sys` and `folder` are asked for each time: a start-up snapshot carries this into another process. */
export function createModuleLookup(
  options: ts.CompilerOptions,
  sys: () => ts.System,
  folder: () => string,
  host: () => ts.CompilerHost,
): ModuleLookup {
  /** By folder: its entries, true for a file; undefined for what only the disk can tell (a link). */
  let folders: Map<string, Map<string, boolean | undefined> | undefined> | undefined
  let cache: ts.ModuleResolutionCache | undefined
  /** What files of packages import and was found, by file. */
  const found = new Map<string, Map<string, Resolved>>()

  function entries(path: string): Map<string, boolean | undefined> | undefined {
    const known = folders as NonNullable<typeof folders>
    if (known.has(path)) return known.get(path)
    let list: Map<string, boolean | undefined> | undefined
    noteRead(path)
    try {
      const kind = (entry: { isFile(): boolean; isDirectory(): boolean }) =>
        entry.isFile() ? true : entry.isDirectory() ? false : undefined
      list = new Map(readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, kind(entry)]))
    } catch {
      // No such folder, or none that may be read.
    }
    known.set(path, list)
    return list
  }

  function fileExists(name: string): boolean {
    if (!folders || !isOfPackage(name)) return sys().fileExists(name)
    const list = entries(posix.dirname(name))
    const base = posix.basename(name)
    return list?.get(base) ?? (list?.has(base) === true && sys().fileExists(name))
  }

  /** `../core/errors.cjs` in a package's declarations is nearly always the `errors.d.cts` that lies there. */
  function beside(name: string, from: string): Resolved | undefined {
    const [, stem, kind] = /^(\.\.?\/.*)\.([cm]?)js$/.exec(name) ?? []
    if (stem === undefined || !isOfPackage(from)) return undefined
    const path = posix.join(posix.dirname(from), stem)
    // TypeScript prefers sources.
    if (fileExists(`${path}.${kind}ts`) || (kind === '' && fileExists(`${path}.tsx`))) return undefined
    const extension = `.d.${kind}ts` as ts.Extension
    if (!isOfPackage(path) || !fileExists(path + extension)) return undefined
    return {
      resolvedModule: { resolvedFileName: path + extension, extension, isExternalLibraryImport: true },
    } as Resolved
  }

  const resolve = (name: string, mode: ts.ResolutionMode, from: string): Resolved =>
    (isBuiltin(name) ? declared : beside(name, from)) ??
    ts.resolveModuleName(name, from, options, host(), cache, undefined, mode)

  const fresh = () => ts.createModuleResolutionCache(folder(), sameName, options)

  return {
    during(make) {
      folders = new Map()
      cache = fresh()
      try {
        return make()
      } finally {
        folders = cache = undefined
      }
    },
    fileExists,
    directoryExists: (name) => {
      if (!folders || !isOfPackage(name)) return sys().directoryExists(name)
      return entries(name) !== undefined
    },
    host: {
      getModuleResolutionCache: () => cache,
      resolveModuleNameLiterals(literals, from, _redirected, _options, file) {
        const lasting = isOfPackage(from)
        const known = (lasting && found.get(from)) || new Map<string, Resolved>()
        if (lasting && literals.length > 0) found.set(from, known)
        return literals.map((literal) => {
          const mode = ts.getModeForUsageLocation(file, literal, options)
          const key = `${mode}:${literal.text}`
          const answer = known.get(key) ?? resolve(literal.text, mode, from)
          // Else it may be installed before the next program is made.
          if (answer.resolvedModule || answer === declared) known.set(key, answer)
          return answer
        })
      },
    },
  }
}
