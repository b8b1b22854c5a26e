/** What a learner who knows Python types by habit, and how TypeScript says it. Only words: no diagnostics. */

export const PYTHON_NAMES: Record<string, string> = {
  print: '`console.log(…)` prints',
  len: 'a length is a property: `data.length`',
  None: '`null` (or `undefined`)',
  True: '`true`',
  False: '`false`',
  self: '`this`, in a class',
  str: '`String(value)` or `data.toString()` makes text',
  int: '`Number(text)` or `parseInt(text, 10)` makes a number',
  float: '`Number(text)` makes a number',
  range: 'count with `for (let i = 0; i < n; i++)`',
  time: '`await sleep(seconds)` waits; `performance.now()` tells the time in milliseconds',
  bytearray: '`Buffer.alloc(size)` gives bytes to write into',
  dict: 'a dict is an object `{ key: value }` or a `Map`',
  list: 'a list is an array: `[1, 2, 3]`',
  enumerate: '`for (const [i, value] of list.entries())`',
  Exception: '`Error`, the base class of errors',
  ValueError: '`RangeError`',
  RuntimeError: '`Error`',
  sys: "Node's `process` has `process.argv`, `process.stdout`, …",
  json: '`JSON.stringify(value)` and `JSON.parse(text)`',
  exit: 'a cell ends at its end; `throw new Error("…")` stops it before',
}

/** Lines that are Python, seen by their beginning. */
const PYTHON_LINES: [RegExp, string][] = [
  [/^\s*(?:async\s+)?def\s+(\w+)/, 'a function is written `function $1(…) { … }`'],
  [/^\s*with\b/, '`with` is `using name = …` inside a block `{ … }`'],
  [
    /^\s*(?:if|while|for|else|elif|try|with|class|except|finally)\b[^{;]*:\s*(?:#.*|pass|\w[^;{]*)?$/,
    'blocks stand in braces, conditions in brackets: `if (…) { … }`, `while (true) { … }`',
  ],
  [/^\s*elif\b/, '`elif` is `else if (…) { … }`'],
  [/\bexcept\b/, 'an error is caught by `catch (error) { … }`'],
  [/^\s*raise\b/, 'an error is thrown: `throw new Error("…")`'],
  [
    /^\s*from\s+(\w+)\s+import\b/,
    'the lesson modules are there without an import; others: `import { name } from "$1"`',
  ],
  [
    /^\s*import\s+(\w+)\s*$/,
    '`$1`: the lesson modules are there without an import; others: `import * as $1 from "$1"`',
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
  [/(?<![\w"'`])f["']/, 'text with values in it stands in backquotes: `` `port ${port}` ``'],
  [/(?<![\w"'`])b["']/, 'bytes are written bytes`…`'],
  [/^\s*#/, 'a comment begins with `//`'],
  [/^\s*pass\s*$/, 'an empty block is `{}`'],
  [/\b(?:not|and|or)\s/, '`not`, `and`, `or` are `!`, `&&`, `||`'],
  [/\blambda\b/, 'a small function is `(x) => x + 1`'],
]

/** A hint where a line reads like Python. */
export function pythonLine(line: string): string | undefined {
  for (const [pattern, hint] of PYTHON_LINES) {
    const match = pattern.exec(line)
    if (match) return hint.replace(/\$1/g, match[1] ?? '')
  }
  return undefined
}
