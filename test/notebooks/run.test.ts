/**
 * Lessons are run again, as Jupyter's tools run them and as `socketlab run` does, and show what is stored in them.
 */
import { execFile } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ICell, INotebookContent } from '@jupyterlab/nbformat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { full, root, venvPython } from '../runner/paths.ts'
import { normaliseOutputs } from './normalise.ts'
import { codeCells, lesson, lessons, nameOf, readNotebook, textOf } from './notebook.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'lessons-'))
const cli = join(root, 'setup', 'socketlab.mjs')
const socketlab = (...args: string[]) => run(process.execPath, [cli, ...args])

const NBCLIENT = `
import nbformat, sys
from nbclient import NotebookClient
source, target, folder = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
NotebookClient(notebook, kernel_name='socketlab', timeout=60, resources={'metadata': {'path': folder}}).execute()
nbformat.write(notebook, target)
`

beforeAll(async () => {
  await socketlab('install', '--prefix', folder)
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** What a reader sees, cell by cell, with the cell's id to find it by. */
const shown = (notebook: INotebookContent) => codeCells(notebook).map((cell) => [cell.id, normaliseOutputs(cell)])

describe.each(lessons)('%s', (path) => {
  const stored = lesson(path)

  test('nbclient gets the outputs that are stored', { timeout: 90_000 }, async () => {
    const target = join(folder, `${nameOf(path)}.nbclient.ipynb`)
    const env = { ...process.env, JUPYTER_PATH: join(folder, 'share', 'jupyter') }
    await run(venvPython, ['-c', NBCLIENT, join(root, path), target, folder], { env })
    const again = readNotebook(target)
    expect(shown(again)).toEqual(shown(stored))
    // Run All takes under 30 s. Not asked of each run, nor of a machine that is busy with others.
    if (full && loadavg()[0]! < 2 * availableParallelism()) expect(secondsOf(again)).toBeLessThan(30)
  })

  test('socketlab run gets them too', { timeout: 90_000 }, async () => {
    const target = join(folder, `${nameOf(path)}.run.ipynb`)
    await socketlab('run', join(root, path), '--output', target, '--timeout', '60')
    expect(shown(readNotebook(target))).toEqual(shown(stored))
  })

  // What a graded kernel is closed to must not be what the lessons, or the library itself, stand on.
  test('so does a kernel that grades', { timeout: 90_000 }, async () => {
    const target = join(folder, `${nameOf(path)}.graded.ipynb`)
    const env = { ...process.env, SOCKETLAB_GRADING: 'on' }
    await run(process.execPath, [cli, 'run', join(root, path), '--output', target, '--timeout', '60'], { env })
    expect(shown(readNotebook(target))).toEqual(shown(stored))
  })

  test('each cell runs twice in a row', { timeout: 90_000 }, async () => {
    // The last cell of code closes what is still open: what was lost on the way is told before it.
    const last = stored.cells.findLast(isCode)
    const cells = stored.cells.flatMap((cell) => {
      if (!isCode(cell)) return [cell]
      return cell === last ? [collecting(cell), cell, again(cell)] : [cell, again(cell)]
    })
    const twice = { ...stored, cells }
    const source = join(folder, `${nameOf(path)}.twice.ipynb`)
    const target = join(folder, `${nameOf(path)}.twice-run.ipynb`)
    writeFileSync(source, JSON.stringify(twice))
    await socketlab('run', source, '--output', target, '--timeout', '60')
    const outputs = codeCells(readNotebook(target)).flatMap((cell) => cell.outputs)
    expect(outputs.map(({ output_type }) => output_type)).not.toContain('error')
    expect(
      outputs.map(({ data }) => textOf((data as { 'text/plain'?: string })?.['text/plain'])).join('\n'),
    ).not.toMatch(/Exception in thread|unclosed/)
  })
})

// nbgrader sets the mode of all that lies in a student's folder: with a link there, that of Node itself.
test('the lessons leave no link to a file of the machine behind', () => {
  const programs = join(folder, 'two-terminals')
  const written = [folder, programs].flatMap((at) => readdirSync(at).map((name) => join(at, name)))
  expect(written).toContain(join(programs, 'node'))
  expect(written.filter((path) => lstatSync(path).isSymbolicLink() && statSync(path).isFile())).toEqual([])
})

/** From the first cell's beginning to the last one's reply, as nbclient has noted them. */
function secondsOf(notebook: INotebookContent): number {
  const times = codeCells(notebook).map(({ metadata }) => metadata.execution as Record<string, string>)
  const [first, last] = [times[0]!['iopub.status.busy'], times.at(-1)!['shell.execute_reply']]
  return (Date.parse(last!) - Date.parse(first!)) / 1000
}

const isCode = (cell: ICell): boolean => cell.cell_type === 'code'
const again = (cell: ICell): ICell => ({ ...cell, id: `${cell.id}-again` })

/** Collects garbage: what a cell has left open for good is told now, and not when memory happens to be tidied. */
const collecting = (cell: ICell): ICell => ({
  ...cell,
  id: `${cell.id}-collecting`,
  metadata: {},
  source: [
    '(await import("node:v8")).setFlagsFromString("--expose-gc");',
    'const collectNow: () => void = (await import("node:vm")).runInNewContext("gc")',
    'for (let round = 0; round < 3; round++) { collectNow(); await new Promise((resolve) => setTimeout(resolve, 1)) }',
  ].join('\n'),
})
