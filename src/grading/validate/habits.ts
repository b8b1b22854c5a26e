/**
 * What makes a check say something else tomorrow, or of another student: names that a student could have changed, chance,
 * the clock, a port that may be taken; and what costs a check its time. Reads text; runs nothing.
 */
import type * as TypeScript from 'typescript'
import { isCode } from '../../notebook/notebook-file.ts'
import type { Assignment, AssignmentCell } from '../notebook/index.ts'
import { declaredNames, each, isUse, lineOf, parse } from '../run/under-test.ts'
import { type Finding, finding } from './finding.ts'

const CLOCKS = new Set(['Date.now', 'performance.now'])
/** Of a cell, as `grade run` and `nbgrader-init` set it up. */
const CELL_SECONDS = 30
const BINDING = new Set(['bind', 'createServer'])

export function habits(assignment: Assignment): Finding[] {
  const checks = assignment.cells.filter(({ role, cell, problem }) => role === 'check' && isCode(cell) && !problem)
  return checks.flatMap((check) => [...openNames(check, assignment), ...uncertain(check)])
}

/** A cell without metadata is the student's, whoever wrote it. */
function openNames(check: AssignmentCell, { cells }: Assignment): Finding[] {
  const before = cells.filter(({ cell, index, problem }) => isCode(cell) && index < check.index && !problem)
  const declared = (open: boolean) =>
    new Set(before.filter(({ role }) => (role === 'plain') === open).flatMap(({ source }) => declaredNames(source)))
  const known = declared(false)
  const open = [...declared(true)].filter((name) => !known.has(name))
  if (open.length === 0) return []
  const { ts, file } = parse(check.source)
  const used = new Set<string>()
  const own = new Set<string>()
  each(ts, file, (node) => {
    if (ts.isIdentifier(node)) (isUse(ts, node) ? used : own).add(node.text)
  })
  const names = open.filter((name) => used.has(name) && !own.has(name))
  if (names.length === 0) return []
  const what = `it needs ${names.map((name) => `\`${name}\``).join(', ')} of a cell that students may change or delete`
  const advice = 'lock that cell ("locked": true and a grade_id of its own), or write it into the check'
  return [finding('warning', 'open-name', check, what, advice)]
}

/** Each kind once: the first line of it says enough. */
function uncertain(check: AssignmentCell): Finding[] {
  const { ts, file } = parse(check.source)
  const found = new Map<Finding['rule'], Finding>()
  each(ts, file, (node) => {
    const one = uncertainty(ts, file, node)
    if (!one || found.has(one.rule)) return
    found.set(one.rule, finding('warning', one.rule, check, `line ${lineOf(file, node)}: ${one.message}`, one.advice))
  })
  return [...found.values()]
}

function uncertainty(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
  node: TypeScript.Node,
): Pick<Finding, 'rule' | 'message' | 'advice'> | undefined {
  if (ts.isNewExpression(node) && node.expression.getText(file) === 'Date' && !node.arguments?.length)
    return clock('new Date()')
  if (ts.isPropertyAssignment(node)) return caseTime(ts, file, node)
  if (!ts.isCallExpression(node)) return undefined
  const called = node.expression.getText(file)
  if (called === 'Math.random')
    return {
      rule: 'chance',
      message: 'Math.random gives other values each time: who is graded again may have other points',
      advice: 't.random gives values that students do not know either, and the same ones at every run',
    }
  if (CLOCKS.has(called)) return clock(called)
  const port = BINDING.has(called.split('.').at(-1)!) && portOf(ts, node.arguments[0])
  if (!port) return undefined
  return {
    rule: 'fixed-port',
    message: `port ${port} is taken where a cell of the student's listens there`,
    advice: 'port 0 is any that is free, and getsockname() says which; t.serve and t.server take one themselves',
  }
}

const clock = (called: string) => ({
  rule: 'clock' as const,
  message: `${called} is asked: on a machine with much else to do a right answer comes late`,
  advice: "wait for what must happen, within the case's timeout, instead of comparing times",
})

/** Many mean milliseconds: the first answer that hangs then costs all cases after it. */
function caseTime(ts: typeof TypeScript, file: TypeScript.SourceFile, node: TypeScript.PropertyAssignment) {
  const call = node.parent.parent
  const isCase = ts.isCallExpression(call) && /\.case$/.test(call.expression.getText(file))
  if (!isCase || node.name.getText(file) !== 'timeout' || !ts.isNumericLiteral(node.initializer)) return undefined
  const seconds = Number(node.initializer.text)
  if (seconds < CELL_SECONDS) return undefined
  return {
    rule: 'case-time' as const,
    message: `the case may take ${seconds} s, and a cell is stopped after ${CELL_SECONDS} s: where an answer hangs, the cases after it never run`,
    advice: 'give it a few seconds, timeout: 5 for instance; times are in seconds',
  }
}

/** As in `["127.0.0.1", 8080]`. */
function portOf(ts: typeof TypeScript, address: TypeScript.Node | undefined): string | undefined {
  const port = address && ts.isArrayLiteralExpression(address) ? address.elements[1] : undefined
  return port && ts.isNumericLiteral(port) && port.text !== '0' ? port.text : undefined
}
