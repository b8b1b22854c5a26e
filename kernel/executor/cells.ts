/**
 * Runs a compiled cell in the main context and says how it ended.
 * All cells share one `exports`: a top-level name is one binding for the whole notebook.
 */
import * as vm from 'node:vm'
import type { CellId, RunCell } from '../bridge/threads.ts'
import { toMimeBundle } from '../display/mime-bundle.ts'
import { noticeBundle } from '../display/notice.ts'
import { mendBuiltins } from './builtins.ts'
import { type CellContext, runInCell } from './cell-context.ts'
import { importedBy } from './es-packages.ts'
import { toFailure } from './failure.ts'
import { nameGlobally } from './global-names.ts'
import { holdBack } from './held-back.ts'
import { disposeKept, keepUsing } from './kept-resources.ts'
import { forgetLoading, importFrom, notebookFolder, requireFrom, updateLocalModules, waitedFor } from './modules.ts'
import { askedInVain, expectValues } from './not-reached.ts'
import { isChecked } from './notebook-globals.ts'
import { endCell, guardBindings, lendBindings, stopWaits } from './preload.ts'
import { lineReached, registerSource } from './stack.ts'
import { grading, post } from './start-io.ts'

// Taken before any cell runs: none of them decides what becomes of the cells after it.
const { constants, Script } = vm
const { lastIndexOf, slice } = String.prototype
const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect
const { hasOwn } = Object
const { setImmediate } = globalThis

/** Every top-level name of the notebook. */
const bindings: Record<string | symbol, unknown> = { [Symbol.for('socketlab.using')]: keepUsing }

if (grading) guardBindings(bindings)
/** What stands there with a getter of ours. */
const guarded = new Set(Reflect.ownKeys(bindings))
lendBindings(bindings)

/** More than one with subshells only. */
const running = new Map<CellId, CellContext>()

/** To be called when the cell is over, however that comes. */
const overFor = new Map<CellId, ReturnType<typeof expectValues>>()

export const runningCell = (cell: CellId): CellContext | undefined => running.get(cell)

/** The io thread has answered for this cell, which did not end by itself. */
export function abandonCell(cell: CellId): void {
  const context = running.get(cell)
  if (context) stopWaits(context)
  overFor.get(cell)?.({ line: undefined })
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
  const { cell, name, allowStdin, messageId } = request
  const context: CellContext = { cell, name, allowStdin, messageId }
  running.set(cell, context)
  void runInCell(context, async () => {
    let outcome: Pick<Parameters<typeof post>[0] & { type: 'done' }, 'result' | 'failure'>
    try {
      outcome = { result: await evaluate(request) }
    } catch (error) {
      outcome = { failure: toFailure(error) }
    }
    mendFor(cell)
    for (const text of askedInVain(outcome.failure?.traceback ?? []))
      post({ type: 'display', cell, data: noticeBundle(text), metadata: {}, update: false })
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
  for (const name of names) {
    // Defined, not assigned: what `Object.prototype` has an accessor for (`__proto__`) would never become a name.
    if (getOwnPropertyDescriptor(bindings, name) === undefined)
      defineProperty(bindings, name, { value: undefined, writable: true, enumerable: true, configurable: true })
  }
  makeFast()
}

/** A setter that a student's cell has put there would run in the cell of the check, before the check. */
function makePlain(names: readonly string[]): void {
  for (const name of names) {
    const held = getOwnPropertyDescriptor(bindings, name)
    if (!held || hasOwn(held, 'value') || guarded.has(name)) continue
    const plain = { value: undefined, writable: true, enumerable: true, configurable: true }
    if (!defineProperty(bindings, name, plain)) throw new Error(`\`${name}\` was fixed by an earlier cell`)
  }
}

function makeFast(): void {
  const child = Object.create(bindings) as { anything?: unknown }
  for (let twice = 0; twice < 2; twice++) void child.anything
}

/** `exports.tsLastExpr = …` becomes an assignment to the cell's own `__final`; as long, so that no place moves. */
function keepResultApart(javascript: string, result: string): string {
  const at = apply(lastIndexOf, javascript, [`exports.${result} =`]) as number
  if (at < 0) return javascript
  const before = apply(slice, javascript, [0, at]) as string
  const after = apply(slice, javascript, [at + 'exports'.length + 1 + result.length]) as string
  return `${before}__final.value${' '.repeat(Math.max(0, result.length - 'value'.length))}${after}`
}

async function evaluate(request: RunCell) {
  const { cell, name, code, javascript, map, awaits, result, declares, early, files, silent } = request
  registerSource(name, code, map)
  updateLocalModules(files)
  await disposeKept((error) => post({ type: 'stray', cell, failure: toFailure(error) }), declares)
  if (grading) makePlain(declares)
  const release = holdBack(bindings, early, makeFast)
  keepFast(declares)
  if (!isChecked()) nameGlobally(bindings, declares)
  const over = expectValues(bindings, name, code, declares)
  overFor.set(cell, over)
  const folder = notebookFolder
  const imports = importedBy(javascript)
  const require = requireFrom(folder, imports)
  const waited = waitedFor(javascript, imports, folder)
  if (waited) await waited
  // On the first line, so that the learner's lines keep their numbers; the column offset takes it out again.
  const head = `(${awaits ? 'async ' : ''}function (exports, require, module, __filename, __dirname, __import, __final) {`
  const script = new Script(`${head}${result === undefined ? javascript : keepResultApart(javascript, result)}\n})`, {
    filename: name,
    columnOffset: -head.length,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const run = script.runInThisContext() as (...args: unknown[]) => unknown
  const module = { exports: bindings }
  // A script's `if (require.main === module) main()`: a cell is what runs, no file that another one requires.
  require.main = module as NodeJS.Module
  // Other code of the notebook has no way to it: what a cell shows as its value is its own.
  const last: { value: unknown } = { value: undefined }
  const file = `${folder}/notebook.ts`
  try {
    const ended = run.call(undefined, bindings, require, module, file, folder, importFrom(folder), last)
    if (awaits) await ended
    over('whole')
  } catch (error) {
    over({ line: lineReached(error, name) })
    throw error
  } finally {
    release()
    overFor.delete(cell)
  }
  if (result === undefined) return undefined
  const { value } = last
  return value === undefined || silent ? undefined : toMimeBundle(value)
}
