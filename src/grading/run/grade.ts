/**
 * Grades submissions: each read, restored, run and judged, several at a time; each result is written when it is there.
 * One that is finished is not run again; one that cannot be graded has a result that says why, and stops no other.
 */
import { existsSync } from 'node:fs'
import { type Notebook, otherLanguage } from '../../notebook/notebook-file.ts'
import { type Assignment, readAssignment } from '../notebook/index.ts'
import { isReleased, NAME_YOUR_OWN, ReleaseError, releaseNotebook, STUDENTS_VERSION } from '../release/index.ts'
import { readable } from '../results/readable.ts'
import { type Problem, type Result, sumOf } from '../results/schema.ts'
import { keepResult, readResult } from '../results/store.ts'
import type { Limits } from '../sandbox/limits.ts'
import type { Executor } from './executor.ts'
import { readHandedIn, refused } from './handed-in.ts'
import { jobOf, sha256 } from './job.ts'
import { judge, problemsOf, type Reference } from './judge.ts'
import { outsideMistakes } from './outside.ts'
import type { Run } from './record.ts'
import { referenceOf, SourceError } from './reference.ts'
import { restore, teachersCells } from './restore.ts'
import type { Submission } from './submissions.ts'

export interface GradeOptions {
  readonly source: Notebook
  readonly name: string
  /** Undefined: made from the source, so that students do not know it. */
  readonly seed: string | undefined
  readonly limits: Limits
  readonly executor: Executor
  /** Where results are kept. */
  readonly folder: string
  readonly signal: AbortSignal
  /** Told what is odd about the source, before anything is graded, and of who has handed in twice. */
  onWarning?(text: string): void
  /** Told of each as it is there; `kept`: it was there before. */
  onResult?(result: Result, kept: boolean): void
  /** Of one that the grader itself could not do: it has no result, and the next run tries again. */
  onFailure?(submission: Submission, error: Error): void
}

interface Work extends GradeOptions {
  readonly assignment: Assignment
  readonly version: string
  readonly chosenSeed: string
  readonly reference: Reference
}

/** Results cannot be written, so that grading is of no use. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

/** Resolves to all results that there are, in the order of the submissions, also when it was aborted. */
export async function grade(submissions: readonly Submission[], options: GradeOptions): Promise<Result[]> {
  whole(options.source)
  const assignment = readAssignment(options.source)
  if (isReleased(assignment)) throw new SourceError(`the source is ${STUDENTS_VERSION}: ${NAME_YOUR_OWN}`)
  const [mistake] = outsideMistakes(assignment)
  if (mistake) throw new SourceError(`the source cannot be graded with: ${mistake.cell.id}: ${mistake.message}`)
  const cells = assignment.cells.map(({ cell, source, grading }) => [cell.cell_type, source, grading ?? null])
  const content = sha256(JSON.stringify(cells))
  const chosenSeed = options.seed ?? content.slice(0, 12)
  const version = sha256(JSON.stringify([content, chosenSeed])).slice(0, 16)
  const reference = await referenceOf({ ...options, source: assignment, version, seed: chosenSeed })
  for (const text of oddities(assignment, reference)) options.onWarning?.(text)
  const work: Work = { ...options, assignment, version, chosenSeed, reference }
  const results: (Result | undefined)[] = []
  const queue = submissions.entries()
  let left = submissions.length
  let broken = false
  const worker = async () => {
    for (const [index, submission] of queue) {
      if (options.signal.aborted || broken) return
      options.executor.expect(left--)
      try {
        results[index] = await gradeOne(submission, work)
      } catch (error) {
        if (options.signal.aborted || broken) return
        broken = error instanceof StoreError
        if (broken) throw error
        options.onFailure?.(submission, error as Error)
      }
    }
  }
  await Promise.all(Array.from({ length: options.executor.width }, worker))
  return results.filter((one) => one !== undefined)
}

/** What cannot be released cannot be graded with: without its other half a marker would show hidden cases. */
function whole(source: Notebook): void {
  try {
    releaseNotebook(source)
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error
    throw new SourceError(`the source cannot be graded with: ${error.message}`)
  }
}

/** Checks by which nobody could have all points. */
function oddities(assignment: Assignment, { checks }: Reference): string[] {
  return assignment.cells.flatMap(({ grading }) => {
    const verdict = grading?.grade ? checks.get(grading.grade_id ?? '')?.at(-1) : undefined
    if (!grading || !verdict) return []
    const cases = Math.round(sumOf(verdict.cases.map(({ points }) => points)) * 100) / 100
    return cases < verdict.points
      ? [
          `the cases of ${grading.grade_id} are worth ${cases} of its ${verdict.points} points: is the source the students’ version?`,
        ]
      : []
  })
}

/** Of an own notebook the cells tell: whoever opens it where there is no such kernel has another's name in it. */
function foreign(notebook: Notebook, name: string): Problem {
  const language = otherLanguage(notebook)
  return language === undefined
    ? refused(
        'other-assignment',
        `This notebook has no cell of ${name}: it belongs to another assignment, or the names of its cells were lost; then copy the answers into a new copy of the notebook that was handed out.`,
      )
    : refused('not-a-notebook', `The notebook is written in ${language}, not in TypeScript.`)
}

async function gradeOne(submission: Submission, work: Work): Promise<Result> {
  const { chosenSeed: seed, limits, executor, folder, signal, version, assignment, reference, name } = work
  const { bytes, notebook, problem } = readHandedIn(submission)
  const hash = sha256(bytes)
  const job = jobOf({ cells: [], teachers: teachersCells(assignment), seed, limits, submission: hash, version })
  const kept = readResult(folder, submission.name)
  // A folder has no bytes: what lies in it may be another without the job being one.
  const isSame = problem === undefined || kept?.problems[0]?.message === problem.message
  if (kept?.job === job.key && isSame) {
    work.onResult?.(kept, true)
    return kept
  }
  const before = kept?.submission
  if (before && before.sha256 !== hash && before.path !== submission.path && existsSync(before.path))
    work.onWarning?.(
      `${submission.name} was graded from ${before.path} before; it counts no more, now that ${submission.path} does`,
    )
  const restored = notebook && restore(notebook, assignment)
  let run: Run | undefined
  const problems: Problem[] = []
  if (problem) problems.push(problem)
  else if (restored && !restored.belongs) problems.push(foreign(notebook, name))
  else if (restored) {
    run = await executor.run({ ...job, cells: restored.cells }, signal)
    problems.push(...restored.problems, ...problemsOf(run, restored.cells))
  }
  const checks = judge(assignment, reference, seed, run)
  const result: Result = {
    schema: 'socketlab-grading-result',
    version: 1,
    job: job.key,
    assignment: { name, version },
    submission: { name: submission.name, path: submission.path, sha256: hash },
    seed,
    status: run ? (run.cut ? 'partly' : 'graded') : 'refused',
    points: sumOf(checks.map(({ points }) => points)),
    earned: sumOf(checks.map(({ earned }) => earned)),
    checks,
    problems: problems.map((one) => ({ ...one, message: readable(one.message) })),
    sandbox: run?.sandbox ?? 'none',
    seconds: Math.round((run?.seconds ?? 0) * 1000) / 1000,
  }
  try {
    keepResult(folder, result)
  } catch (error) {
    // None of the others could be kept either: a full disk, or a folder of somebody else's.
    throw new StoreError((error as Error).message, { cause: error })
  }
  work.onResult?.(result, false)
  return result
}
