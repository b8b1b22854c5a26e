/**
 * Runs a compiled cell in the main context and says how it ended.
 * All cells share one `exports`: a top-level name is one binding for the whole notebook.
 */
import { constants, Script } from 'node:vm'
import type { CellId, RunCell } from '../bridge/threads.ts'
import { toMimeBundle } from '../display/mime-bundle.ts'
import { mendBuiltins } from './builtins.ts'
import { type CellContext, runInCell } from './cell-context.ts'
import { toFailure } from './failure.ts'
import { disposeKept, keepUsing } from './kept-resources.ts'
import { forgetLoading, importFrom, notebookFolder, requireFrom, updateLocalModules, waitedFor } from './modules.ts'
import { endCell, stopWaits } from './preload.ts'
import { registerSource } from './stack.ts'
import { post } from './start-io.ts'

/** Every top-level name of the notebook. */
const bindings: Record<string | symbol, unknown> = { [Symbol.for('socketlab.using')]: keepUsing }

/** More than one with subshells only. */
const running = new Map<CellId, CellContext>()

export const runningCell = (cell: CellId): CellContext | undefined => running.get(cell)

/** The io thread has answered for this cell, which did not end by itself. */
export function abandonCell(cell: CellId): void {
  const context = running.get(cell)
  if (context) stopWaits(context)
  forgetLoading()
  running.delete(cell)
}

/** What the kernel needs is put back where a cell has broken it, and the cell is told. */
function mendFor(cell: CellId): void {
  const mended = mendBuiltins()
  if (mended.length === 0) return
  const names = mended.slice(0, 10).join(', ')
  const text = `The kernel cannot do without what was changed here, and has put it back: ${names}${mended.length > 10 ? ', …' : ''}`
  post({ type: 'display', cell, data: { 'text/plain': text }, metadata: {}, update: false })
}

export function runCell(request: RunCell): void {
  mendFor(request.cell)
  const { cell, name, allowStdin } = request
  const context: CellContext = { cell, name, allowStdin }
  running.set(cell, context)
  void runInCell(context, async () => {
    let outcome: Pick<Parameters<typeof post>[0] & { type: 'done' }, 'result' | 'failure'>
    try {
      outcome = { result: await evaluate(request) }
    } catch (error) {
      outcome = { failure: toFailure(error) }
    }
    mendFor(cell)
    endCell(context)
    // One turn of the loop: the rejection of a promise that the cell dropped still appears above its end.
    setImmediate(() => {
      if (running.get(cell) !== context) return
      running.delete(cell)
      post({ type: 'done', cell, ...outcome })
    })
  })
}

/** Above some hundred properties V8 makes an object a dictionary, four times slower; a prototype it keeps fast. */
function keepFast(names: readonly string[]): void {
  for (const name of names) if (!(name in bindings)) bindings[name] = undefined
  const child = Object.create(bindings) as { anything?: unknown }
  for (let twice = 0; twice < 2; twice++) void child.anything
}

async function evaluate({ cell, name, code, javascript, map, awaits, result, declares, files, silent }: RunCell) {
  registerSource(name, code, map)
  updateLocalModules(files)
  await disposeKept((error) => post({ type: 'stray', cell, failure: toFailure(error) }), declares)
  keepFast(result === undefined ? declares : [...declares, result])
  const folder = notebookFolder
  const require = requireFrom(folder)
  const waited = waitedFor(javascript, folder)
  if (waited) await waited
  // On the first line, so that the learner's lines keep their numbers; the column offset takes it out again.
  const head = `(${awaits ? 'async ' : ''}function (exports, require, module, __filename, __dirname, __import) {`
  const script = new Script(`${head}${javascript}\n})`, {
    filename: name,
    columnOffset: -head.length,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const run = script.runInThisContext() as (...args: unknown[]) => unknown
  const module = { exports: bindings }
  const ended = run.call(undefined, bindings, require, module, `${folder}/notebook.ts`, folder, importFrom(folder))
  if (awaits) await ended
  if (result === undefined) return undefined
  const value = bindings[result]
  // Not deleted: an object that loses properties becomes a slow dictionary.
  bindings[result] = undefined
  return value === undefined || silent ? undefined : toMimeBundle(value)
}
