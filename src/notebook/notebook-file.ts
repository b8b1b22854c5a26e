/**
 * A notebook on disk: read, checked, written as JupyterLab writes it (nbformat 4).
 * Knows nothing of kernels. Whatever it does not know, cells' attachments and metadata of others, is kept as it was.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { IOutput } from '@jupyterlab/nbformat'
import * as z from 'zod'
import { otherFile } from './other-files.ts'

const multiline = z.union([z.string(), z.array(z.string())])
const metadata = z.record(z.string(), z.unknown())

const cellSchema = z.looseObject({
  id: z.string().optional(),
  cell_type: z.enum(['code', 'markdown', 'raw']),
  metadata: metadata.default({}),
  source: multiline,
})

const notebookSchema = z.looseObject({
  nbformat: z.number(),
  nbformat_minor: z.number().default(0),
  metadata: z
    .looseObject({
      kernelspec: z.looseObject({ name: z.string().optional(), language: z.string().optional() }).optional(),
      language_info: z.looseObject({ name: z.string().optional() }).optional(),
    })
    .default({}),
  cells: z.array(cellSchema),
})

export type Notebook = z.infer<typeof notebookSchema>
export type Cell = z.infer<typeof cellSchema>
export type CodeCell = Cell & { cell_type: 'code'; outputs: IOutput[]; execution_count: number | null }

/** The file is not a notebook that can be run, and why. */
export class NotebookError extends Error {
  override readonly name = 'NotebookError'
}

export function readNotebook(path: string): Notebook {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const known: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'is a folder; name the notebook in it',
    }
    throw new NotebookError(`${path}: ${known[code ?? ''] ?? `cannot be read: ${message}`}`)
  }
  const other = otherFile(bytes)
  if (other !== undefined) throw new NotebookError(`${path}: is ${other}`)
  let value: unknown
  try {
    value = parseJson(bytes.toString('utf8'))
  } catch (error) {
    throw new NotebookError(`${path}: is not a notebook (not JSON: ${(error as Error).message})`)
  }
  return checkNotebook(value, path)
}

/** Programs of Windows put a mark before a text, which is no JSON. */
export const parseJson = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ''))

/** Throws {@link NotebookError} that names the file and what is wrong in it. */
export function checkNotebook(value: unknown, path: string): Notebook {
  const format = (value as { nbformat?: unknown } | null)?.nbformat
  if (typeof format === 'number' && format !== 4)
    throw new NotebookError(`${path}: is in notebook format ${format}; open it in JupyterLab and save it as format 4`)
  const result = notebookSchema.safeParse(value)
  // The value itself, not the parsed copy: keys stay in the file's order, so that a diff shows what has changed.
  if (result.success) return withDefaults(value as Notebook)
  if (!Array.isArray((value as { cells?: unknown } | null)?.cells))
    throw new NotebookError(`${path}: is not a notebook: it has no list of cells`)
  const [issue] = result.error.issues
  throw new NotebookError(`${path}: is not a notebook: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`)
}

function withDefaults(notebook: Notebook): Notebook {
  notebook.nbformat_minor ??= 0
  notebook.metadata ??= {}
  for (const cell of notebook.cells) cell.metadata ??= {}
  return notebook
}

/** The kernel of another language, where the notebook names one. */
export function otherLanguage({ metadata: { kernelspec, language_info } }: Notebook): string | undefined {
  const language = (kernelspec?.language ?? language_info?.name)?.toLowerCase()
  return language === undefined || language === 'typescript' || language === 'javascript' ? undefined : language
}

/** Is it in JavaScript, as notebooks of tslab's `jslab` are? */
export const isJavaScript = ({ metadata: { kernelspec, language_info } }: Notebook): boolean =>
  (kernelspec?.language ?? language_info?.name)?.toLowerCase() === 'javascript'

export const isCode = (cell: Cell): cell is CodeCell => cell.cell_type === 'code'

export const sourceOf = (cell: Cell): string => (Array.isArray(cell.source) ? cell.source.join('') : cell.source)

export const tagsOf = (cell: Cell): string[] =>
  Array.isArray(cell.metadata.tags) ? cell.metadata.tags.map(String) : []

/** Written beside and renamed, so that a notebook is never half there. */
export function writeNotebook(path: string, notebook: Notebook): void {
  const text = `${JSON.stringify({ ...notebook, cells: notebook.cells.map(onDisk) }, null, 1)}\n`
  const partial = `${path}.${process.pid}.partial`
  try {
    writeFileSync(partial, text, { mode: modeOf(path) })
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw new NotebookError(`${basename(path)} cannot be written: ${(error as Error).message}`)
  }
}

const modeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mode ?? 0o666

/** Texts as lists of lines, as JupyterLab saves them: a change in one line is one line of a diff. */
function onDisk(cell: Cell): Cell {
  const source = lines(sourceOf(cell))
  if (!isCode(cell)) return { ...cell, source }
  return {
    ...cell,
    source,
    outputs: (cell.outputs ?? []).map(outputOnDisk),
    execution_count: cell.execution_count ?? null,
  } as Cell
}

function outputOnDisk(output: IOutput): IOutput {
  if (typeof output.text === 'string') return { ...output, text: lines(output.text) }
  if (typeof output.data !== 'object' || output.data === null) return output
  const data = Object.entries(output.data).map(([mime, value]) => [
    mime,
    typeof value === 'string' ? lines(value) : value,
  ])
  return { ...output, data: Object.fromEntries(data) }
}

const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []
