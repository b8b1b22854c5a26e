/**
 * What runs inside a WorkerThread: finds the module's function, calls it, reports what it gave, closes what it left
 * open. Text, because a thread's program must exist where the library is one bundled file.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { WorkerSetup } from '../socket/block.ts'

/** What the thread reports. */
export type FromWorker = { result: unknown } | { error: string; interrupted: boolean }

interface Job {
  stop: number
  module: string
  target: string
  args: readonly unknown[]
}

/** The thread's workerData. */
export function workerSetup(job: Job): { socketlab: Job & WorkerSetup & { library: string } } {
  return { socketlab: { ...job, library: pathToFileURL(libraryFile()).href } }
}

/** This library as one file; run from the sources, the one that was built from them. */
function libraryFile(): string {
  if (typeof __filename === 'string' && __filename.endsWith('.cjs')) return __filename
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist', 'socketlab.cjs')
}

export const workerProgram = `
const { parentPort, workerData } = require('node:worker_threads')
const { library, module: url, target, args } = workerData.socketlab
// The module's own import of socketlab means this library, wherever the module lies.
require('node:module').registerHooks?.({
  resolve: (specifier, context, next) =>
    specifier === 'socketlab' ? { url: library, format: 'commonjs', shortCircuit: true } : next(specifier, context),
})
const { lab } = require(require('node:url').fileURLToPath(library))
;(async () => {
  try {
    const module = await import(url)
    const run = module[target] ?? module.default?.[target]
    if (typeof run !== 'function') throw new TypeError('the module ' + url + ' exports no function ' + target)
    parentPort.postMessage({ result: await run(...args) })
  } catch (error) {
    const text = error instanceof Error ? error.stack : 'thrown: ' + String(error)
    parentPort.postMessage({ error: text, interrupted: error?.name === 'KeyboardInterrupt' })
  } finally {
    lab.closeAll()
  }
})()
`
