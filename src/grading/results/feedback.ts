/**
 * The page that a student gets: points, what passed, what failed and how. One file without anything from elsewhere; of
 * hidden tests it says only what they earned together. Knows nothing of files.
 */
import { readable } from './readable.ts'
import type { CaseOf, Check, Result } from './schema.ts'
import { isOpen, sumOf } from './schema.ts'

const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --page: #ffffff; --soft: #59636e; --line: #d1d9e0;
  --passed: #1a7f37; --failed: #b3261e; --other: #59636e; --code: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --page: #0d1117; --soft: #9198a1; --line: #3d444d;
  --passed: #4ac26b; --failed: #ff8a80; --other: #9198a1; --code: #161b22; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 52rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
.sum { font-size: 1.15rem; } .soft { color: var(--soft); }
ul { list-style: none; padding: 0; margin: 0; } li { border-left: 4px solid var(--other); padding: 0.1rem 0 0.1rem 0.75rem;
  margin: 0.5rem 0; overflow-wrap: anywhere; }
li.passed { border-color: var(--passed); } li.failed { border-color: var(--failed); }
.mark { font-weight: 600; } .passed .mark { color: var(--passed); } .failed .mark { color: var(--failed); }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.75rem; margin: 0.4rem 0;
  white-space: pre-wrap; overflow-wrap: anywhere; font: 0.85rem/1.45 ui-monospace, monospace; }
.notes li { border-color: var(--failed); }
@media print { body { margin: 0; } }`

const WORDS: Record<CaseOf['state'], string> = {
  passed: '✓ passed',
  failed: '✗ failed',
  empty: '· not done yet',
  unfinished: '? not finished',
  missing: '· did not run',
}

/** Of interest to the student; that the teacher's machine has no bubblewrap is not. */
const FOR_STUDENTS = new Set<string>(['no-sandbox', 'grader'])

export function feedbackOf(result: Result): string {
  const { assignment, submission, problems, checks, status } = result
  const notes = problems.filter(({ kind }) => !FOR_STUDENTS.has(kind))
  const isRefused = status === 'refused'
  // Of what could not be read nothing waits for a person, who may give points for it all the same.
  const byHand = isRefused ? [] : checks.filter(isOpen)
  const counted = checks.filter((one) => !byHand.includes(one))
  const points = sumOf(counted.map((one) => one.points))
  const body = [
    `<h1>${escapeHtml(assignment.name)}</h1>`,
    `<p class="soft">${escapeHtml(submission.name)}</p>`,
    `<p class="sum"><strong>${number(result.earned)} of ${pointsOf(points)}</strong>${byHand.length > 0 ? `; ${pointsOf(sumOf(byHand.map((one) => one.points)))} more are given by a person` : ''}</p>`,
    isRefused ? '<p>This submission could not be graded; what is wrong stands below.</p>' : '',
    notes.length > 0
      ? `<h2>What to look at</h2>\n<ul class="notes">\n${notes.map(({ message }) => `<li><pre>${escapeHtml(message)}</pre></li>`).join('\n')}\n</ul>`
      : '',
    ...counted.filter(({ given }) => !isRefused || given).map(checkHtml),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${assignment.name}: ${number(result.earned)} of ${pointsOf(points)}`)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`
}

function checkHtml({ title, points, earned, problem, cases, given }: Check): string {
  const visible = cases.filter(({ hidden }) => !hidden)
  const hidden = cases.filter((one) => one.hidden)
  const rows = visible.map(caseHtml)
  if (hidden.length > 0) rows.push(hiddenHtml(hidden))
  return [
    `<section>\n<h2>${escapeHtml(title)} <span class="soft">· ${number(earned)} of ${pointsOf(points)}</span></h2>`,
    problem === null ? '' : `<pre>${escapeHtml(problem)}</pre>`,
    given?.comment ? `<pre>${escapeHtml(given.comment)}</pre>` : '',
    rows.length > 0 ? `<ul>\n${rows.join('\n')}\n</ul>` : '',
    '</section>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function caseHtml({ name, points, earned, state, message, hints }: CaseOf): string {
  const look = state === 'passed' || state === 'failed' ? state : 'other'
  const detail = message === '' ? '' : `<pre>${escapeHtml(message)}</pre>`
  const help =
    state === 'failed' && hints.length > 0
      ? `<details><summary>Hints</summary>${hints.map((hint) => `<p>${escapeHtml(hint)}</p>`).join('')}</details>`
      : ''
  return `<li class="${look}"><span class="mark">${WORDS[state]}</span> ${escapeHtml(name)} <span class="soft">(${number(earned)} of ${number(points)})</span>${detail}${help}</li>`
}

/** How many there are and what they are called stays with the teacher. */
function hiddenHtml(cases: readonly CaseOf[]): string {
  const [earned, points] = [sumOf(cases.map((one) => one.earned)), sumOf(cases.map((one) => one.points))]
  const all = cases.every(({ state }) => state === 'passed')
  return `<li class="${all ? 'passed' : 'failed'}"><span class="mark">${all ? '✓ passed' : '✗ not all passed'}</span> Further tests <span class="soft">(${number(earned)} of ${number(points)})</span></li>`
}

const number = (points: number): string => String(Math.round(points * 100) / 100)
const pointsOf = (points: number): string => `${number(points)} point${points === 1 ? '' : 's'}`

const escapeHtml = (text: string): string =>
  readable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
