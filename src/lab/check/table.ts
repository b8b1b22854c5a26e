/**
 * A check's result as a reader sees it: text in a terminal, HTML in a notebook.
 *
 * Takes the colours and fonts of whoever shows it; marks and words say the same as the colours. Nothing scrolls sideways.
 */
import { oneHtmlBlock } from '../one-html-block.ts'
import { type CaseResult, type CheckResult, isUntouched } from './result.ts'

const MARKS = { passed: '✓', failed: '✗', empty: '·', unfinished: '?' }
const WORDS = { passed: 'passed', failed: 'failed', empty: 'not done yet', unfinished: 'not finished' }
const COLOURS = {
  passed: 'var(--jp-success-color1, #388e3c)',
  failed: 'var(--jp-error-color1, #d32f2f)',
  empty: 'var(--jp-border-color1, #9e9e9e)',
  unfinished: 'var(--jp-warn-color1, #f57c00)',
}

/** 1.5, 0.33, 2. */
export const number = (points: number): string => String(Math.round(points * 100) / 100)
const pointsOf = (earned: number, points: number): string =>
  `${number(earned)} of ${number(points)} point${points === 1 ? '' : 's'}`

/** Both forms, for a display. */
export function bundleOf(result: CheckResult): { 'text/plain': string; 'text/html': string } {
  return { 'text/plain': textOf(result), 'text/html': htmlOf(result) }
}

const NOTHING = 'Nothing here yet. Write your code in the cell above, run it, then run this cell again.'

/** The cases of a released notebook are worth less where there are hidden ones. */
function elsewhere({ points, cases }: CheckResult): string {
  let left = points
  for (let at = 0; at < cases.length; at++) left -= cases[at]!.points
  if (left < 1e-6) return ''
  const are = number(left) === '1' ? 'point is' : 'points are'
  return `${number(left)} ${are} for cases that run when your work is graded.`
}

const heading = ({ name, earned, points }: CheckResult): string => `${name} · ${pointsOf(earned, points)}`

/** How many hints a failed run tells openly; one more lies folded in the HTML. */
const openly = ({ state, told }: CaseResult): number => (state === 'failed' ? Math.max(0, told - 1) : 0)

export function textOf(result: CheckResult): string {
  if (isUntouched(result)) {
    const names = result.cases.map(({ name }) => `  ${MARKS.empty} ${name}`)
    return [heading(result), NOTHING, '', ...names].join('\n')
  }
  const lines = [heading(result), '']
  const rest = elsewhere(result)
  for (const one of result.cases) {
    lines.push(`  ${MARKS[one.state]} ${one.name} (${number(one.earned)} of ${number(one.points)})`)
    if (one.message !== '') lines.push(...one.message.split('\n').map((line) => `      ${line}`.trimEnd()))
    one.hints.slice(0, openly(one)).forEach((hint, at) => {
      lines.push(`      Hint ${at + 1}: ${hint}`)
    })
  }
  const more = result.cases.some((one) => one.state === 'failed' && one.hints.length > openly(one))
  if (rest !== '') lines.push('', `  ${rest}`)
  if (more) lines.push('', '  A hint for the first that failed: lab.hint()')
  return lines.join('\n')
}

const CELL = 'text-align: left; vertical-align: top'
/** Marks and points stay on one line; what was wrong takes the rest, and breaks where it must. */
const SHORT = `${CELL}; white-space: nowrap; width: 1px`
const LONG = `${CELL}; overflow-wrap: anywhere`

export function htmlOf(result: CheckResult): string {
  const title = `<b>${escapeHtml(heading(result))}</b>`
  if (isUntouched(result)) {
    const names = result.cases.map(({ name }) => `<li>${escapeHtml(name)}</li>`).join('\n')
    return `<div style="overflow-wrap: anywhere">${title}<br>${NOTHING}\n<ul>\n${names}\n</ul></div>`
  }
  const rows = result.cases.map((one) => rowOf(one)).join('\n')
  const rest = elsewhere(result)
  const head = ['result', 'case', 'points'].map((word) => `<th scope="col" style="${CELL}">${word}</th>`).join('')
  const lines = [
    '<table style="table-layout: auto; max-width: 100%; margin: 0">',
    `<caption style="text-align: left; color: inherit">${title}${rest === '' ? '' : `<br>${rest}`}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>\n${rows}\n</tbody></table>`,
  ]
  return oneHtmlBlock(lines.join('\n'))
}

function rowOf(one: CaseResult): string {
  const state = `<td style="${SHORT}; border-left: 4px solid ${COLOURS[one.state]}">${MARKS[one.state]} ${WORDS[one.state]}</td>`
  const points = `<td style="${SHORT}">${number(one.earned)} of ${number(one.points)}</td>`
  return `<tr>${state}<td style="${LONG}">${escapeHtml(one.name)}${detail(one)}</td>${points}</tr>`
}

function detail(one: CaseResult): string {
  const parts: string[] = []
  if (one.message !== '')
    parts.push(
      `<pre style="white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.4em 0; background: transparent; color: inherit">${escapeHtml(one.message)}</pre>`,
    )
  if (one.state === 'failed') {
    const open = openly(one)
    one.hints.slice(0, open).forEach((hint, at) => {
      parts.push(`<div>Hint ${at + 1}: ${escapeHtml(hint)}</div>`)
    })
    const next = one.hints[open]
    if (next !== undefined)
      parts.push(`<details><summary>Hint ${open + 1} of ${one.hints.length}</summary>${escapeHtml(next)}</details>`)
  }
  return parts.join('')
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
