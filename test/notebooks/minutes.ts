/**
 * How long a lesson takes whoever reads it and runs its cells; the exercises are not counted. Rules of thumb, said in
 * notebooks/README.md: 200 words of text or 20 lines of code a minute, five seconds to run a cell.
 */
import type { INotebookContent } from '@jupyterlab/nbformat'
import { textOf } from './notebook.ts'

const WORDS = 200
const LINES = 20
const SECONDS_A_CELL = 5

/** Minutes until the exercises begin. */
export function readingMinutes({ cells }: INotebookContent): number {
  const exercises = cells.findIndex(({ id }) => id === 'exercises')
  let minutes = 0
  for (const { cell_type, source } of cells.slice(0, exercises)) {
    if (cell_type === 'code') minutes += filledLines(textOf(source)) / LINES + SECONDS_A_CELL / 60
    else minutes += words(textOf(source)) / WORDS
  }
  return minutes
}

const filledLines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length

/** What stands between spaces and table rules, and has a letter or a digit in it. */
const words = (text: string): number => text.split(/[\s|]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
