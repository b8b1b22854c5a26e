/**
 * The results of a command, and those that earlier ones have left in the same folder. Knows nothing of files' contents.
 */
import { relative, resolve } from 'node:path'
import type { Result } from './schema.ts'

/** What a command was to grade. */
export interface Asked {
  /** Files and folders, as they were named. */
  readonly paths: readonly string[]
  readonly submissions: readonly { readonly name: string; readonly path: string }[]
}

export interface Together {
  /** By name. */
  readonly results: Result[]
  /** Names of those that do not belong to the others any more. */
  readonly gone: string[]
  /** Those that were not graded now: what a teacher should know of them. */
  readonly notes: string[]
}

const inOrder = new Intl.Collator('en', { numeric: true })

export function together(now: readonly Result[], kept: readonly Result[], asked: Asked): Together {
  const names = new Set(now.map(({ submission }) => submission.name))
  const older = kept.filter(({ submission }) => !names.has(submission.name))
  const gone = older.filter((one) => isGone(one, asked))
  const earlier = older.filter((one) => !gone.includes(one))
  const notes: string[] = []
  const nowAt = new Map(now.map(({ submission }) => [submission.path, submission.name]))
  const renamed = gone.filter(({ submission }) => nowAt.has(submission.path))
  for (const { submission } of renamed)
    notes.push(
      `${submission.name} is called ${nowAt.get(submission.path)} now: who hands in two notebooks has the file's name behind it`,
    )
  const away = gone.filter((one) => !renamed.includes(one))
  if (away.length > 0)
    notes.push(`left out, since the notebook is no longer there: ${namesOf(away)} (see results/left-out)`)
  if (earlier.length > 0) notes.push(`in the table too, as they were graded before: ${namesOf(earlier)}`)
  const version = now[0]?.assignment.version
  const other = version === undefined ? [] : earlier.filter(({ assignment }) => assignment.version !== version)
  if (other.length > 0)
    notes.push(
      `graded with another version of the source or another seed: ${namesOf(other)}; name them too to have all alike`,
    )
  const results = [...now, ...earlier].sort((one, two) => inOrder.compare(one.submission.name, two.submission.name))
  return { results, gone: gone.map(({ submission }) => submission.name), notes }
}

/** The command looked where it was, and found it no longer, or under another name. */
function isGone({ submission: { name, path } }: Result, { paths, submissions }: Asked): boolean {
  if (submissions.some((one) => one.name === name)) return false
  return paths.some((root) => {
    const below = relative(resolve(root), path)
    return !below.startsWith('..')
  })
}

const SHOWN = 5

function namesOf(results: readonly Result[]): string {
  const names = results.slice(0, SHOWN).map(({ submission }) => submission.name)
  return results.length > SHOWN ? `${names.join(', ')} and ${results.length - SHOWN} more` : names.join(', ')
}
