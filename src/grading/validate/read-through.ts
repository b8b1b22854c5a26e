/**
 * What can be found by reading a source notebook, without running it.
 *
 * Knows cells, markers and the library's names; nothing of kernels.
 */
import { isCode, type Notebook, otherLanguage } from '../../notebook/notebook-file.ts'
import { type Assignment, type AssignmentCell, findRegions, markerProblems, regionsOf } from '../notebook/index.ts'
import { isReleased, isStub, isTextStub, NAME_YOUR_OWN, STUDENTS_VERSION } from '../release/index.ts'
import { outsideMistakes } from '../run/outside.ts'
import { type Finding, finding } from './finding.ts'
import { habits } from './habits.ts'
import { missingImports } from './imports.ts'

export function readThrough(notebook: Notebook, assignment: Assignment): Finding[] {
  // Of what students get nothing else is worth a word.
  const wrongFile = released(assignment)
  if (wrongFile.length > 0) return wrongFile
  return [
    ...language(notebook),
    ...assignment.cells.flatMap((cell) => [
      ...metadata(cell),
      ...markers(cell),
      ...tests(cell),
      ...unmarked(cell),
      ...wholeCell(cell),
      ...imports(cell),
      ...leaks(cell, assignment),
    ]),
    ...duplicates(assignment),
    ...ungraded(assignment),
    ...outside(assignment),
    ...habits(assignment),
  ]
}

function language(notebook: Notebook): Finding[] {
  const other = otherLanguage(notebook)
  if (other !== undefined)
    return [
      finding(
        'error',
        'language',
        undefined,
        `the notebook is written in ${other}`,
        'open it with the kernel "TypeScript (socketlab)" and save it',
      ),
    ]
  if (notebook.metadata.kernelspec?.language !== undefined) return []
  const advice = 'open it with the kernel "TypeScript (socketlab)" and save it; nbgrader takes it for Python otherwise'
  return [finding('error', 'language', undefined, 'the notebook does not say which language it is in', advice)]
}

function released(assignment: Assignment): Finding[] {
  if (!isReleased(assignment)) return []
  return [finding('error', 'released', undefined, `it is ${STUDENTS_VERSION}`, NAME_YOUR_OWN)]
}

function metadata(cell: AssignmentCell): Finding[] {
  if (cell.problem === undefined) return []
  const advice = "mend it in JupyterLab's property inspector (Notebook tools, Advanced), or mark the cell anew"
  return [finding('error', 'metadata', cell, cell.problem, advice)]
}

function duplicates({ cells, duplicates: ids }: Assignment): Finding[] {
  return ids.flatMap((id) =>
    cells
      .filter((cell) => cell.id === id)
      .slice(1)
      .map((cell) =>
        finding(
          'error',
          'duplicate-id',
          cell,
          `another cell has the grade_id "${id}" too`,
          'give each cell a grade_id of its own: a copied cell keeps the one of its original',
        ),
      ),
  )
}

/** What a cell without readable metadata may hold is not known. */
const markers = (cell: AssignmentCell): Finding[] =>
  (cell.problem === undefined ? markerProblems(cell) : []).map(({ line, message }) =>
    finding(
      'error',
      'markers',
      cell,
      `line ${line + 1}: ${message}`,
      'put BEGIN and END on lines of their own, in pairs',
    ),
  )

function tests(cell: AssignmentCell): Finding[] {
  if (cell.role === 'solution' && !isCode(cell.cell))
    return [
      finding(
        'error',
        'not-code',
        cell,
        'a solution that a check judges must be code, and this cell is text: nbgrader refuses it',
        'mark it as "Manually graded answer", or make it code',
      ),
    ]
  if (cell.role === 'task' && isCode(cell.cell))
    return [finding('error', 'not-code', cell, 'a task must be a text cell: nbgrader refuses it', 'make it Markdown')]
  if (cell.role !== 'check') return []
  if (!isCode(cell.cell))
    return [
      finding(
        'error',
        'not-code',
        cell,
        'a check must be a code cell, and this one is text',
        'mark it as "Manually graded answer", or make it code',
      ),
    ]
  if (cell.source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').trim() !== '') return []
  return [
    finding(
      'error',
      'no-tests',
      cell,
      `it is worth ${cell.points} points, and tests nothing: everybody would get them`,
      'write `await check("…", points, async (t) => { … })` into it, or take the cell out',
    ),
  ]
}

/** A check that is not marked as one is worth nothing, and nobody notices. */
function unmarked(cell: AssignmentCell): Finding[] {
  if (!isCode(cell.cell) || (cell.role !== 'plain' && cell.role !== 'read-only')) return []
  if (cell.problem !== undefined || !/^\s*(?:await\s+)?(?:lab\.)?check\(/m.test(cell.source)) return []
  return [
    finding(
      'warning',
      'not-marked',
      cell,
      'it calls check, but it is not marked as graded: it earns no points',
      'mark it as "Autograder tests" with a grade_id and points (docs/teacher.md shows the metadata)',
    ),
  ]
}

function ungraded({ cells }: Assignment): Finding[] {
  if (!cells.some(({ role }) => role === 'check' || role === 'manual' || role === 'task')) {
    // It may be the one whose metadata cannot be read, which is told.
    if (cells.some(({ problem }) => problem !== undefined)) return []
    const advice = 'mark the cells as docs/teacher.md says; each graded one has points'
    return [finding('warning', 'not-graded', undefined, 'no cell is graded', advice)]
  }
  const lastCheck = cells.findLastIndex(({ role }) => role === 'check')
  return cells
    .filter(({ role, cell, index }) => role === 'solution' && isCode(cell) && index > lastCheck)
    .map((cell) =>
      finding(
        'warning',
        'not-graded',
        cell,
        'no check comes after this solution: nobody gets points for it',
        'add a check cell after it, or mark it as graded by hand',
      ),
    )
}

/** What `grade run` refuses: the check would judge the author's own solution. */
const outside = (assignment: Assignment): Finding[] =>
  outsideMistakes(assignment).map(({ cell, message }) =>
    finding('error', 'outside', cell, message, 'docs/teacher.md tells how a check is judged from outside'),
  )

function wholeCell(cell: AssignmentCell): Finding[] {
  if (cell.role !== 'solution' && cell.role !== 'manual') return []
  if (findRegions(cell.source, 'SOLUTION').regions.length > 0 || markerProblems(cell).length > 0) return []
  if (isCode(cell.cell) ? isStub(cell.source) : isTextStub(cell.source)) return []
  if (cell.role === 'manual' && !isCode(cell.cell)) return []
  return [
    finding(
      'warning',
      'whole-cell',
      cell,
      'it has no markers, so that students get none of it, not even the first line of the function',
      'put // BEGIN SOLUTION and // END SOLUTION around what they are to write',
    ),
  ]
}

function imports(cell: AssignmentCell): Finding[] {
  if (cell.role !== 'check' || !isCode(cell.cell)) return []
  const names = missingImports(cell.source)
  if (names.length === 0) return []
  const line = `import { ${names.join(', ')} } from "socketlab"`
  return [
    finding(
      'warning',
      'imports',
      cell,
      `a student's own ${names.map((name) => `\`${name}\``).join(', ')} would be used here`,
      `begin the cell with ${line} (socketlab grade validate --fix does)`,
    ),
  ]
}

/** Text of hidden tests in an output that is stored in the file. */
function leaks(cell: AssignmentCell, { cells }: Assignment): Finding[] {
  if (!isCode(cell.cell)) return []
  const shown = JSON.stringify(cell.cell.outputs ?? [])
  if (shown === '[]') return []
  const hidden = new Set(cells.flatMap(hiddenTexts))
  const found = [...hidden].filter((text) => shown.includes(JSON.stringify(text).slice(1, -1)))
  if (found.length === 0) return []
  return [
    finding(
      'warning',
      'leak',
      cell,
      `its stored output shows a hidden test: ${found
        .slice(0, 3)
        .map((text) => JSON.stringify(text))
        .join(', ')}`,
      'release takes outputs out; clear them before this file is handed out in any other way',
    ),
  ]
}

/** Texts in quotes, of hidden regions, that are long enough to be told apart, and stand in no visible line. */
function hiddenTexts({ role, source }: AssignmentCell): string[] {
  const lines = source.split('\n')
  const regions = regionsOf[role].includes('HIDDEN TESTS') ? findRegions(source, 'HIDDEN TESTS').regions : []
  const quoted = (text: string) => [...text.matchAll(/(["'`])((?:(?!\1|\\).){6,}?)\1/g)].map((match) => match[2]!)
  const visible = lines.filter((_, at) => !regions.some(({ begin, end }) => at >= begin && at <= end)).join('\n')
  return regions
    .flatMap(({ begin, end }) => quoted(lines.slice(begin + 1, end).join('\n')))
    .filter((text) => !visible.includes(text))
}
