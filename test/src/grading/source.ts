/**
 * Notebooks as authors write them, for the tests of grading: cells with nbgrader's metadata, made short.
 */
import type { Notebook } from '../../../src/notebook/notebook-file.ts'

type NotebookCell = Notebook['cells'][number]

const base = { schema_version: 3, grade: false, locked: false, solution: false, task: false }

const cell = (id: string, source: string, own: object, kind: 'code' | 'markdown' = 'code'): NotebookCell =>
  ({
    id,
    cell_type: kind,
    metadata: { nbgrader: { ...base, grade_id: id, ...own } },
    source,
    ...(kind === 'code' ? { outputs: [], execution_count: null } : {}),
  }) as NotebookCell

export const solution = (id: string, source: string) => cell(id, source, { solution: true })
export const checkCell = (id: string, points: number, source: string) =>
  cell(id, source, { grade: true, locked: true, points })
export const manual = (id: string, points: number, source: string, kind: 'code' | 'markdown' = 'markdown') =>
  cell(id, source, { grade: true, solution: true, points }, kind)
export const task = (id: string, points: number, source: string) =>
  cell(id, source, { task: true, locked: true, points }, 'markdown')
export const readOnly = (id: string, source: string, kind: 'code' | 'markdown' = 'code') =>
  cell(id, source, { locked: true }, kind)
export const plain = (id: string, source: string, kind: 'code' | 'markdown' = 'code'): NotebookCell =>
  ({
    id,
    cell_type: kind,
    metadata: {},
    source,
    ...(kind === 'code' ? { outputs: [], execution_count: null } : {}),
  }) as NotebookCell

export const notebookOf = (...cells: NotebookCell[]): Notebook =>
  ({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'socketlab', language: 'typescript', display_name: 'TypeScript (socketlab)' },
      language_info: { name: 'typescript', file_extension: '.ts' },
    },
    cells,
  }) as Notebook
