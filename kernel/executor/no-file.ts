/** `new Worker(__filename)`, as Node's documentation writes it: a cell has a file's name, and is none. */

/** What to say of it, below the error's first line. */
export function noFile(error: Error): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'MODULE_NOT_FOUND' || !/^Cannot find module '[^']*\/notebook\.ts'$/.test(message)) return undefined
  return (
    "→ A cell is no file that a worker could run: write the worker's code into a file beside the notebook, " +
    "`new Worker('./worker.mjs')`, or give it as text, `new Worker(code, { eval: true })`."
  )
}
