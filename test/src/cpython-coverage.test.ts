/**
 * The list of CPython's own tests beside ours is true: every test named exists, every reason says something, the counts in
 * docs/sockets.md are the list's, and no test of the CPython at hand is missing.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askPython } from './socket/python.ts'

interface Entry {
  readonly module: string
  readonly tests: readonly string[]
  readonly className: string
  /** `file › title`, or a reason after a dash. */
  readonly answer: string
}

const here = import.meta.dirname
const entries = readFileSync(join(here, 'cpython-3.11-tests.txt'), 'utf8')
  .split(/\n(?=\w)/)
  .slice(1)
  .map((text): Entry => {
    const [, module, className, tests, answer] = /^(\w+)\.(\w+): (.*)\n {2}(.*)\s*$/.exec(text)!
    return { module: module!, className: className!, tests: tests!.split(' '), answer: answer! }
  })

test('every test of ours that is named exists, and every reason says something', () => {
  const files = new Map<string, string>()
  const wrong = entries.filter(({ answer }) => {
    if (answer.startsWith('– ')) return answer.length < 15
    const [file, title] = answer.split(' › ') as [string, string]
    if (!files.has(file)) files.set(file, readFileSync(join(here, file), 'utf8'))
    // A key of a table of tests may stand without quotes.
    const text = files.get(file)!
    return !text.includes(title) && !text.includes(`\n  ${title}: [`)
  })
  expect(wrong).toEqual([])
})

test('the counts in docs/sockets.md are those of the list', () => {
  const page = readFileSync(join(here, '../../docs/sockets.md'), 'utf8')
  for (const [module, some] of Map.groupBy(entries, (entry) => entry.module)) {
    const count = (which: readonly Entry[]) => which.reduce((sum, { tests }) => sum + tests.length, 0)
    const reasons = count(some.filter(({ answer }) => answer.startsWith('– ')))
    const all = count(some)
    expect(page).toContain(`| \`${module}\` | ${all} | ${all - reasons} | ${reasons} |`)
  }
})

const LIST = `
import ast, os
try: import test
except ImportError: say(None); raise SystemExit
found = []
for module in sys.argv[1].split():
    path = os.path.join(os.path.dirname(test.__file__), module + '.py')
    if sys.version_info[:2] != (3, 11) or not os.path.exists(path): say(None); raise SystemExit
    for c in ast.parse(open(path).read()).body:
        if isinstance(c, ast.ClassDef): found += [f'{module}.{c.name}.{m.name}' for m in c.body if isinstance(m, ast.FunctionDef) and m.name.lower().startswith('test')]
say(found)
`

test('no test of CPython 3.11 is missing from it', (context) => {
  const modules = [...new Set(entries.map(({ module }) => module))]
  const theirs = askPython<string[] | null>(LIST, modules.join(' '))
  if (!theirs) return context.skip('no CPython 3.11 with its package test')
  const listed = entries.flatMap(({ module, className, tests }) => tests.map((one) => `${module}.${className}.${one}`))
  expect(listed.toSorted()).toEqual(theirs.toSorted())
})
