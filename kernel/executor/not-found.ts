/**
 * What `require` throws where there is no such module, in the learner's words. Node's name a file of ours, and its
 * stack holds frames of Node alone.
 */
import { dirname, resolve } from 'node:path'
import { packageOf } from '../bridge/npm-specifier.ts'

/** What is to be thrown for it; what a package of somebody else misses is left as it is. */
export function notFound(thrown: unknown, specifier: string, caller: (specifier: string) => unknown): unknown {
  const error = thrown as NodeJS.ErrnoException & { requireStack?: string[] }
  const asker = error?.requireStack?.[0]
  if (error?.code !== 'MODULE_NOT_FOUND' || !asker?.endsWith('/notebook.cjs')) return thrown
  error.message = `Cannot find module '${specifier}': ${advice(specifier, dirname(asker))}`
  // The message tells them: they stay readable, and are not shown once more.
  for (const name of ['code', 'requireStack']) Object.defineProperty(error, name, { enumerable: false })
  Error.captureStackTrace(error, caller)
  return error
}

/** The same of a cell's `import(…)`. */
export function notImported(thrown: unknown, specifier: string, folder: string): unknown {
  const error = thrown as NodeJS.ErrnoException
  // What a package of somebody else misses is left as it is.
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.endsWith(` imported from ${folder}/`)) return thrown
  error.message = `Cannot find module '${specifier}': ${advice(specifier, folder)}`
  for (const name of ['code', 'url']) Object.defineProperty(error, name, { enumerable: false })
  return error
}

function advice(specifier: string, folder: string): string {
  if (/^[./]/.test(specifier)) return `there is no file ${resolve(folder, specifier)}`
  return `if it is a package of npm, install it in the notebook's folder, \`npm install ${packageOf(specifier)}\``
}
