/**
 * What was handed in, as a notebook, or why it is none. Takes any file, however large or strange. Knows nothing of what is
 * in the cells.
 */
import { readFileSync, statSync } from 'node:fs'
import { relative } from 'node:path'
import { checkNotebook, type Notebook, NotebookError, parseJson } from '../../notebook/notebook-file.ts'
import { otherFile } from '../../notebook/other-files.ts'
import type { Problem } from '../results/schema.ts'
import { filesBelow, type Submission } from './submissions.ts'

export interface HandedIn {
  readonly bytes: Buffer
  readonly notebook?: Notebook
  readonly problem?: Problem
}

/** A file that is larger was not written by hand. */
const LARGEST = 32 * 2 ** 20

export const refused = (kind: Problem['kind'], message: string): Problem => ({ kind, cell: null, message })

export function readHandedIn({ path, isLink }: Submission): HandedIn {
  const none = (message: string): HandedIn => ({ bytes: Buffer.alloc(0), problem: refused('not-a-notebook', message) })
  // It may lead to a file of the teacher's, or to what another student has handed in.
  if (isLink) return none('This is a symbolic link, and links are not followed: hand in the notebook itself.')
  let bytes: Buffer
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return none('There is no such file.')
    if (found.isDirectory()) return none(noneIn(path))
    if (!found.isFile()) return none('This is no file.')
    if (found.size > LARGEST) return none(`The file is larger than ${LARGEST / 2 ** 20} MiB: clear its outputs first.`)
    bytes = readFileSync(path)
  } catch (error) {
    return none(`It cannot be read: ${reasonOf(error as Error)}.`)
  }
  const read = parse(bytes, path)
  return typeof read === 'string' ? { bytes, problem: refused('not-a-notebook', read) } : { bytes, notebook: read }
}

/** Without the call and its path: the student reads this, and the path is one of the teacher's machine. */
const reasonOf = ({ message }: Error): string => message.replace(/^[A-Z0-9]+: /, '').replace(/, [a-z]+(?: '.*)?$/s, '')

const SHOWN = 3

/** What a student takes for the notebook is there mostly: a document, an archive, `sheet.ipynb.txt`. */
function noneIn(folder: string): string {
  const names = filesBelow(folder).map((path) => relative(folder, path))
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  const only = names.length > 0 ? `, only ${names.slice(0, SHOWN).join(', ')}${more}` : ''
  return `There is no notebook in this folder${only}.`
}

/** A text says why it is none. */
function parse(bytes: Buffer, path: string): Notebook | string {
  if (bytes.length === 0) return 'The file is empty.'
  const other = otherFile(bytes)
  if (other !== undefined) return `The file is ${other}.`
  try {
    return checkNotebook(parseJson(bytes.toString('utf8')), path)
  } catch (error) {
    const message = (error as Error).message.replace(`${path}: `, '')
    return error instanceof NotebookError ? `The file ${message}.` : `The file is not a notebook: ${message}.`
  }
}
