/**
 * Files that are not there: `new Worker(__filename)`, as Node's documentation writes it (a cell has a file's name, and is
 * none); and a name without a folder, which is looked for in the working directory.
 */
import { isAbsolute } from 'node:path'

/** What to say of it, below the error's first line. */
export function noFile(error: Error): string | undefined {
  const { code, message, syscall, path } = error as NodeJS.ErrnoException
  if (code === 'MODULE_NOT_FOUND' && /^Cannot find module '[^']*\/notebook\.ts'$/.test(message))
    return (
      "→ A cell is no file that a worker could run: write the worker's code into a file beside the notebook, " +
      "`new Worker('./worker.mjs')`, or give it as text, `new Worker(code, { eval: true })`."
    )
  const [, program] = /^spawn(?:Sync)? (.{1,80}) ENOENT$/.exec(message) ?? []
  if (program !== undefined)
    return `→ There is no program \`${program}\` here, or not the folder that it was to run in.`
  const isOfFile = code === 'ENOENT' && typeof path === 'string' && !/^(?:connect|bind)/.test(syscall ?? '')
  return isOfFile && path !== '' && !isAbsolute(path) ? `→ It was looked for in ${workingDirectory()}.` : undefined
}

/** It may have been removed. */
function workingDirectory(): string {
  try {
    return process.cwd()
  } catch {
    return 'a folder that is gone'
  }
}
