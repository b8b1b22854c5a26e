/**
 * Packages of ES modules: found by `require` too, and those that await at their top level, which Node can import only, are
 * loaded before the cell that imports them runs. Knows nothing of local files.
 */
import { readFileSync } from 'node:fs'
import { findPackageJSON, isBuiltin } from 'node:module'
import { pathToFileURL } from 'node:url'

/** What `require` gives for them, by their files. */
const loaded = new Map<string, unknown>()
/** Files that need no wait. */
const ready = new Set<string>()

/** Imports as they stand after compiling, at the beginning of a line, and a `require` of JavaScript at such a place. */
const IMPORTS =
  /^(\{ const m = |(?:const|let|var) \w+ = |exports\.\w+ = )?((?:__\w+\()*)require\((["'])([^"'\n]+)\3\)/gm

/** What TypeScript makes of an `import`, not a `require` that somebody wrote: `const pack_1 = require("pack")`. */
const isStatic = (lead: string, helpers: string): boolean =>
  lead === '' || lead.startsWith('{') || helpers !== '' || /_\d+ = $/.test(lead)

/** What code imports or requires at once, and whether by an `import`. */
export type Imports = ReadonlyMap<string, boolean>

export const importedBy = (javascript: string): Imports => {
  const found = new Map<string, boolean>()
  if (javascript.includes('require('))
    for (const [, lead = '', helpers, , specifier] of javascript.matchAll(IMPORTS))
      found.set(specifier!, isStatic(lead, helpers!) || found.get(specifier!) === true)
  return found
}

const awaitsAtTop = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | null)?.code === 'ERR_REQUIRE_ASYNC_MODULE'

/** The file that must be waited for before `specifier` is required. Where it need not, it has run: imports come first. */
export function awaitingFile(specifier: string, nodeRequire: NodeJS.Require): string | undefined {
  if (isBuiltin(specifier)) return undefined
  let file: string | undefined
  try {
    file = nodeRequire.resolve(specifier)
    if (loaded.has(file) || ready.has(file)) return undefined
    if (isModule(file)) nodeRequire(specifier)
    ready.add(file)
  } catch (error) {
    // Anything else the cell's own `require` tells.
    return awaitsAtTop(error) ? file : undefined
  }
  return undefined
}

function isModule(file: string): boolean {
  if (!file.endsWith('.js')) return file.endsWith('.mjs')
  const description = findPackageJSON(pathToFileURL(file))
  return description !== undefined && JSON.parse(readFileSync(description, 'utf8')).type === 'module'
}

export async function loadAwaiting(file: string): Promise<void> {
  const url = pathToFileURL(file).href
  const names = await import(url)
  loaded.set(file, 'default' in names && !('__esModule' in names) ? await marked(url) : names)
}

/** As Node's `require` of an ES module: the same living names, and the mark by which compiled code finds `default`. */
function marked(url: string): Promise<unknown> {
  const from = JSON.stringify(url)
  const code = `export * from ${from}; export { default } from ${from}; export const __esModule = true`
  return import(`data:text/javascript,${encodeURIComponent(code)}`)
}

/** What `require` gives where Node's has thrown `thrown`: the package, if it was loaded before, or the words for it. */
export function awaitedPackage(thrown: unknown, specifier: string, file: () => string, caller: unknown): unknown {
  if (!awaitsAtTop(thrown)) throw thrown
  const found = loaded.get(file())
  if (found !== undefined) return found
  const error = new Error(
    `'${specifier}' awaits at its top level, so it cannot be required: write \`await import('${specifier}')\`, ` +
      'or an `import` statement at the top of the cell',
  )
  Error.captureStackTrace(error, caller as () => void)
  throw error
}
