/** A lesson's file as the tests see it: where it is, what is in it. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ICodeCell, INotebookContent, IOutput } from '@jupyterlab/nbformat'
import { root } from '../runner/paths.ts'

/** The lessons, as paths relative to the checkout. */
export const lessons: string[] = globSync('notebooks/lessons/*.ipynb', { cwd: root }).sort()

export const readNotebook = (path: string): INotebookContent => JSON.parse(readFileSync(path, 'utf8'))

export const lesson = (path: string): INotebookContent => readNotebook(join(root, path))

export const nameOf = (path: string): string => basename(path, '.ipynb')

export const codeCells = ({ cells }: INotebookContent): ICodeCell[] =>
  cells.filter((cell): cell is ICodeCell => cell.cell_type === 'code')

export const textOf = (text: unknown): string => (Array.isArray(text) ? text.join('') : String(text ?? ''))

/** Outputs of a cell that change from run to run, or from machine to machine, carry this tag. */
export const isIgnored = ({ metadata }: ICodeCell): boolean =>
  (metadata.tags as string[] | undefined)?.includes('nbval-ignore-output') ?? false

export const outputsOf = (cell: ICodeCell): IOutput[] => cell.outputs
