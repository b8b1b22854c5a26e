/**
 * Which checks of an assignment judge from outside, and what would make such a check judge something else than the
 * student's code. Knows cells; runs nothing.
 */
import { type Assignment, type AssignmentCell, exercisesOf } from '../notebook/index.ts'
import { declaredNames, readUnderTest } from './under-test.ts'

/** Does the check call what it judges with `t.serve` or `t.run`? Then it can run in another process. */
export const isOutside = (source: string): boolean => readUnderTest(source).names.length > 0

export interface OutsideMistake {
  readonly cell: AssignmentCell
  readonly message: string
}

/** What an author must mend, lest the check judges the author's own solution. */
export function outsideMistakes(assignment: Assignment): OutsideMistake[] {
  return assignment.cells
    .filter(({ role, cell }) => role === 'check' && cell.cell_type === 'code')
    .flatMap((cell) => {
      const { names, mistakes, others } = readUnderTest(cell.source)
      const found = [...mistakes]
      if (names.length > 0) found.push(...wrongNames(assignment, cell, names, others))
      return found.map((message) => ({ cell, message }))
    })
}

function wrongNames(
  assignment: Assignment,
  check: AssignmentCell,
  names: readonly string[],
  others: ReadonlySet<string>,
): string[] {
  const before = assignment.cells.filter(({ cell, index }) => cell.cell_type === 'code' && index < check.index)
  const declared = (cells: readonly AssignmentCell[]) => new Set(cells.flatMap(({ source }) => declaredNames(source)))
  const solutions = declared(before.filter(({ role }) => role === 'solution'))
  const own = exercisesOf(assignment).find(({ checks }) => checks.some(({ index }) => index === check.index))
  const judged = new Set([...names, ...declared(own?.solutions ?? [])])
  return [
    ...names
      .filter((name) => !solutions.has(name))
      .map((name) => `${name} is given to t.serve or t.run, and no student's cell before the check declares it`),
    ...[...others]
      .filter((name) => judged.has(name))
      .map(
        (name) =>
          `${name} is used besides t.serve and t.run: graded, this check runs in a process of its own, where ${name} is your solution's. Call it with t.run(${name}, …), or put such cases into a check of their own`,
      ),
  ]
}
