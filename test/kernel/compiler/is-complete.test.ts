/** As jupyter_kernel_test asks: complete, incomplete with an indent, invalid. */
import { expect } from 'vitest'
import { test } from './notebook-fixture.ts'

const CASES: Record<string, string[]> = {
  complete: [
    '1 + 1',
    '',
    '// only',
    'await Promise.resolve(1)',
    'function f() {\n  return 1\n}',
    'let x: number',
    '`a\nb`',
    'for await (const x of y) {}',
    'using a = b',
    'const a = <T,>(x: T) => x',
    'class A { #p = 1 }',
    'undeclared.fine',
    'export const a = 1',
    'import.meta.url',
    'socket.recv?',
    ' sleep?? ',
    '#!/usr/bin/env node\n1 + 1',
    '#!/bin/x',
    'const el = <p>it is hello</p>',
    'const el = <><b>one</b> two three <br/></>',
    'let x',
    'const x;',
    'declare const x: number',
    'declare function f(): void',
    'function f()\n{\n}',
    'i++ // why',
  ],
  incomplete: [
    'if (',
    'function f() {',
    '`unfinished',
    'const x =',
    '[1,',
    'f(',
    'a +',
    'class A {\n  m() {',
    '/* open',
    'if (a) {\n  b()',
    'try {',
    'x.',
    'for (const a of',
    '({',
    '`${',
    'import {',
    'import',
    'const a = 1\nexport ',
    'a ?',
    '#!/usr/bin/env node\nif (',
    'const el = <ul>\n  <li>it is one</li>',
    'const el = <>\n  <br/> it is',
    'function f()',
    'function f(a: number): string',
    'export default async function f()',
    'function f(a: string): void\nfunction f(a: number): void',
    'let',
    'export const',
    'const x',
    'const x: number',
    'let [a, b]',
    'let x = 1,',
    'await using',
    'if (a)\n  // why',
    'a + // why',
    'a +\n/* why */',
  ],
  invalid: [
    "'unfinished",
    '}',
    'const 1a = 3',
    ')',
    'function () {}}',
    'a b c',
    'a < b c',
    'const f = <T>(x y) => x',
    '<p>it is</p> b c',
    'if x { }',
    '/regex',
    '"abc\nx"',
  ],
}

for (const [status, texts] of Object.entries(CASES))
  test(status, async ({ compiler }) => {
    const seen: Record<string, string> = {}
    for (const code of texts) seen[code] = (await compiler.ask({ kind: 'isComplete', code })).status
    expect(seen).toEqual(Object.fromEntries(texts.map((code) => [code, status])))
  })

test('the next line is indented below an opening bracket', async ({ compiler }) => {
  const indentOf = async (code: string) => await compiler.ask({ kind: 'isComplete', code })
  expect(await indentOf('function f() {')).toEqual({ status: 'incomplete', indent: '  ' })
  expect(await indentOf('function f() {\n  if (a) {')).toEqual({ status: 'incomplete', indent: '    ' })
  expect(await indentOf('function f() {\n  a()')).toEqual({ status: 'incomplete', indent: '  ' })
  expect(await indentOf('`text')).toEqual({ status: 'incomplete', indent: '' })
})

test('an indent is that of the code, line for line', async ({ compiler }) => {
  const cases: Record<string, string> = {
    // Each line of a list stood two deeper than the one before it.
    'f(a,': '  ',
    'f(\n  a,\n  b,': '  ',
    'const o = {\n  a: 1,': '  ',
    'a &&\n  b &&': '  ',
    'const a = 1,': '  ',
    'switch (x) {\n  case 1:\n  case 2:': '  ',
    'switch (x) {\n  case 1:': '    ',
    'function f() {\n  i++': '  ',
    'function f() {\n  i = j +': '    ',
    'while (i)': '  ',
    'if (a) {\n} else if (b)': '  ',
    'if (a) { /* why */': '  ',
    'function f()': '',
    'if (a)\n{': '  ',
    'f("{",\n  b': '  ',
    '`text {': '',
    'const t = `\n  a\n': '',
    '  /* {': '  ',
  }
  const seen: Record<string, unknown> = {}
  for (const code of Object.keys(cases)) {
    const answer = await compiler.ask({ kind: 'isComplete', code })
    seen[code] = 'indent' in answer ? answer.indent : answer.status
  }
  expect(seen).toEqual(cases)
})
