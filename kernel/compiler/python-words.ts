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
  isinstance: '`value instanceof OSError`',
  set: '`new Set([1, 2])`',
  tuple: 'a tuple is an array: `[host, port]`',
  sorted: '`[...list].sort()`',
  min: '`Math.min(…)`',
  max: '`Math.max(…)`',
  abs: '`Math.abs(…)`',
  round: '`Math.round(…)`',
  open: '`await readFile(path)`, imported from "node:fs/promises"',
  os: 'files are in "node:fs/promises", paths in "node:path", the environment in `process.env`',
  pass: 'an empty block is `{}`',
  quit: 'a cell ends at its end; `throw new Error("…")` stops it before',
  asyncio: 'a cell may `await` by itself, functions are `async function …`, and `await sleep(seconds)` waits',
  math: '`Math.floor(…)`, `Math.sqrt(…)`',
  random: '`Math.random()`',
  requests: '`await fetch(url)`',
  re: '`/\\d+/.exec(text)` finds, `text.replaceAll(/\\d+/g, "…")` replaces',
  errno:
    'an error has its name, `error.code === "ECONNREFUSED"`, and its class, `error instanceof ConnectionRefusedError`',
  logging: '`console.log(…)`, `console.warn(…)`',
  argparse: 'a cell has no command line: `const port = 5000`',
  datetime: '`new Date()`',
  pickle: '`JSON.stringify(value)` and `JSON.parse(text)`',
  traceback: '`console.log(error.stack)`',
  urllib: '`await fetch(url)`',
  ssl: 'TLS is in "node:tls"',
  hashlib: '`createHash("sha256").update(data).digest("hex")`, imported from "node:crypto"',
  subprocess: '`execFile` and `spawn`, imported from "node:child_process"',
  collections: 'a deque is an array with `push(…)` and `shift()`, a `defaultdict` or `Counter` a `Map`',
  deque: 'a deque is an array: `push(…)` and `shift()`',
  defaultdict: 'a `Map`: `map.get(key) ?? []`',
  KeyError: '`map.get(key)` gives `undefined` where there is no such key',
  IndexError: '`RangeError`; a place that is not there gives `undefined`',
  NotImplementedError: '`Error`, or an `abstract` method',
  BaseException: '`Error`, the base class of errors',
  IOError: '`OSError`',
  EnvironmentError: '`OSError`',
  EOFError:
    '`error instanceof Error && error.name === "EOFError"` catches the one of `input()`; an end that comes too early may be a `ConnectionError`',
  AssertionError: '`Error`; `assert(…)` of "node:assert/strict" throws its own',
  LookupError: '`RangeError`; what is not there gives `undefined`',
  AttributeError: '`TypeError`',
  NameError: '`ReferenceError`',
  UnicodeError: '`TypeError`, of `new TextDecoder("utf-8", { fatal: true })`; `data.toString()` puts a mark instead',
  UnicodeDecodeError:
    '`TypeError`, of `new TextDecoder("utf-8", { fatal: true })`; `data.toString()` puts a mark instead',
  UnicodeEncodeError: '`Buffer.from(text)` writes every text as UTF-8, without an error',
  ZeroDivisionError: 'a number divided by 0 is `Infinity` or `NaN`, without an error',
  ArithmeticError: '`RangeError`; a number divided by 0 is `Infinity` or `NaN`, without an error',
  OverflowError: '`RangeError`',
  StopIteration: 'an iterator ends with `done: true`: `const { value, done } = it.next()`',
  StopAsyncIteration: 'an iterator ends with `done: true`: `const { value, done } = await it.next()`',
  SystemExit: 'a cell ends at its end; `throw new Error("…")` stops it before',
  exit: 'a cell ends at its end; `throw new Error("…")` stops it before',
  __name__: 'a cell runs what stands in it: leave the question out',
}

/** Python's functions with names that a learner may well have given to something: only where they are called. */
export const PYTHON_CALLS: Record<string, string> = {
  help: '`name?` in a cell of its own, or Shift+Tab',
  dir: 'Tab behind `name.` shows what it has',
  type: '`typeof value`, or `value.constructor.name`',
  sum: '`list.reduce((sum, n) => sum + n, 0)`',
  ord: '`text.charCodeAt(0)`',
  chr: '`String.fromCharCode(number)`',
  zip: '`first.map((value, i) => [value, second[i]])`',
  map: '`list.map((value) => …)`',
  filter: '`list.filter((value) => …)`',
  reversed: '`list.toReversed()`',
  any: '`list.some((value) => …)`',
  all: '`list.every((value) => …)`',
  hex: '`number.toString(16)`, of bytes `data.toString("hex")`',
}

/** Lines that are Python, seen by their beginning. */
const PYTHON_LINES: [RegExp, string][] = [
  [/^\s*def\s+__init__\b/, 'what makes a new object is `constructor(…) { … }`'],
  [/^\s*async\s+def\s+(\w+)/, 'a function that waits is written `async function $1(…) { … }`'],
  [/^\s*def\s+(\w+)/, 'a function is written `function $1(…) { … }`'],
  [/^\s*async\s+with\b/, '`async with` is `using name = await …` inside a block `{ … }`'],
  [/^\s*with\b/, '`with` is `using name = …` inside a block `{ … }`'],
  [/^\s*if\s+__name__\b/, 'a cell runs what stands in it: leave the question out'],
  [
    /^\s*for\s+(\w+)\s+in\s+range\s*\(\s*([\w.]+)\s*\)/,
    'what counts is written `for (let $1 = 0; $1 < $2; $1++) { … }`',
  ],
  [
    /^\s*for\s+(\w+)\s+in\s+range\s*\(\s*([\w.]+)\s*,\s*([\w.]+)\s*\)/,
    'what counts is written `for (let $1 = $2; $1 < $3; $1++) { … }`',
  ],
  [
    /^\s*for\s+(\w+)\s*,\s*(\w+)\s+in\s+enumerate\s*\(\s*([\w.]+)\s*\)/,
    'a loop is written `for (const [$1, $2] of $3.entries()) { … }`',
  ],
  [
    /^\s*for\s+(\w+)\s*,\s*(\w+)\s+in\s+([\w.]+)\.items\s*\(\s*\)/,
    'a loop is written `for (const [$1, $2] of Object.entries($3)) { … }`, of a Map `of $3`',
  ],
  [
    /^\s*for\s*\(\s*(?:const\s*)?\(?(\w+)\s*,\s*(\w+)\)?\s+(?:in|of)\s+([\w.]+)\.items\s*\(\s*\)/,
    'a loop is written `for (const [$1, $2] of Object.entries($3)) { … }`, of a Map `of $3`',
  ],
  [/^\s*for\s+(\w+)\s*,\s*(\w+)\s+in\s/, 'a loop is written `for (const [$1, $2] of rows) { … }`'],
  [/^\s*for\s+(\w+)\s+in\s+([\w.]+)\s*(?::|\{)/, 'a loop is written `for (const $1 of $2) { … }`'],
  [/^\s*elif\b/, '`elif` is `else if (…) { … }`'],
  [/^\s*except\b/, 'an error is caught by `catch (error) { … }`'],
  [/^\s*class\b.*:\s*(?:#.*)?$/, 'a class stands in braces: `class Server { … }`'],
  [/^\s*assert\b(?![.(])/, '`assert x` is `if (!x) throw new Error("…")`'],
  [/^\s*(?:global|nonlocal)\s/, 'a function may change the names around it: leave the line out'],
  [
    /^\s*(?:if|while|for|else|elif|try|with|class|except|finally)\b[^{;]*:\s*(?:#.*|pass|\w[^;{]*)?$/,
    'blocks stand in braces, conditions in brackets: `if (…) { … }`, `while (true) { … }`',
  ],
  [
    /^\s*(?:\}\s*else\s+)?(?:if|while|for)\s+(?!await\s*\()[^(\s]/,
    'conditions stand in brackets: `if (…) { … }`, `while (true) { … }`, `for (const row of rows) { … }`',
  ],
  [/(?:^|[};)])\s*(try|finally|else)\s*:/, 'blocks stand in braces, without a colon: `$1 { … }`'],
  [/\belif\b/, '`elif` is `else if (…) { … }`'],
  [/\bexcept\b/, 'an error is caught by `catch (error) { … }`'],
  [/(?:^|[){};])\s*raise\b/, 'an error is thrown: `throw new Error("…")`'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
  [/(?<![\w"'`])f["']/, 'text with values in it stands in backquotes: `` `port ${port}` ``'],
  [/(?<![\w"'`])b["']/, 'bytes are written bytes`…`'],
  [/^\s*#/, 'a comment begins with `//`'],
  [/"{3}|'{3}/, 'a text of several lines stands in backquotes'],
  [/^\s*using\b.*:\s*$/, '`using` ends without a colon, and holds to the end of the block that it stands in'],
  [/^\s*del\s/, 'a variable needs no `del`; a `Map` and a `Set` have `.delete(key)`'],
  [/\bis\s+(?:not\s+)?None\b/, '`is None` is `=== null`, `is not None` is `!== null`'],
  [/\w\s+is\s+(?:not\s+)?(?:null|undefined|true|false)\b/, '`is` is `===`, `is not` is `!==`'],
  [/\bnot\s+in\b/, '`x not in list` is `!list.includes(x)`; a `Set` and a `Map` have `.has(x)`'],
  [
    /\[.*\sfor\s+(?:\w+\s+in|\(.*\s(?:of|in))\s/,
    'a list is made of another by `rows.map((row) => …)`; `rows.filter((row) => …)` picks',
  ],
  [/[[(,]\s*\*{1,2}[\w[]/, '`*list` is `...list`'],
  [
    /(?:[=(,]|^(?!\s*else\b)\s*[\w"'`([][^{};]*)\s*\S(?:.*[^\s{};])?\s+if\s[^{};]*\selse\s/,
    '`a if condition else b` is `condition ? a : b`',
  ],
  [
    /[\w"')\]]\[\s*(?:-?\w+\s*:\s*-?\w*|:\s*-?\w+)\s*\]/,
    'a piece is `text.slice(start, end)`, of bytes `data.subarray(start, end)`',
  ],
  [/\(\s*[\w.]+\s*,\s*\)/, 'a tuple stands in square brackets: `[conn]`'],
  // Not in a text or a remark.
  [/^(?:[^"'`/]|\/(?!\/)|"[^"]*"|'[^']*'|`[^`]*`)*?\b(?:not|and|or)\s/, '`not`, `and`, `or` are `!`, `&&`, `||`'],
  [/\blambda\b/, 'a small function is `(x) => x + 1`'],
]

/** A hint where a line reads like Python. */
export function pythonLine(line: string): string | undefined {
  for (const [pattern, hint] of PYTHON_LINES) {
    const match = pattern.exec(line)
    if (match) return hint.replace(/\$([123])/g, (_, at: string) => match[Number(at)] ?? '')
  }
  return undefined
}

/** Python's modules that are here under the same name. */
const HERE = /^(?:socket|struct|threading|queue|select|selectors|socketserver)$/

export const isHere = (module: string): boolean => HERE.test(module)

const NAMES = String.raw`[\w.]+(?:\s+as\s+\w+)?`
const IMPORT = new RegExp(String.raw`^\s*(import\s+(${NAMES}(?:\s*,\s*${NAMES})*))\s*;?\s*(?:#.*|//.*)?$`)
const FROM_IMPORT = /^\s*(from\s+([\w.]+)\s+import\s+[\w*,\s()]+?)\s*;?\s*(?:#.*|\/\/.*)?$/

function importHint(name: string): string {
  if (Object.hasOwn(PYTHON_NAMES, name)) return `for \`${name}\`: ${PYTHON_NAMES[name]}`
  return `a module of Node or npm is taken by \`import * as ${name} from "${name}"\``
}

/** What to say of a line that imports as Python does. */
export function pythonImport(line: string): string | undefined {
  const [, from, module = ''] = FROM_IMPORT.exec(line) ?? []
  if (from !== undefined)
    return HERE.test(module)
      ? `\`${from}\` is Python: \`${module}\` is there without an import, and its names stand behind a dot, \`${module}.…\`. Leave the line out.`
      : `\`${from}\` is Python: ${Object.hasOwn(PYTHON_NAMES, module) ? importHint(module) : `\`import { name } from "${module}"\` takes a name from a module of Node or npm`}.`
  const [, whole, list] = IMPORT.exec(line) ?? []
  if (list === undefined) return undefined
  const names = list.split(',').map((each) => each.trim().split(/\s/, 1)[0] ?? '')
  const here = names.filter((name) => HERE.test(name)).map((name) => `\`${name}\``)
  const parts = names.filter((name) => !HERE.test(name)).map(importHint)
  if (here.length > 0) parts.unshift(`${here.join(' and ')} ${here.length > 1 ? 'are' : 'is'} there without an import`)
  const leave = here.length === names.length ? ' Leave the line out.' : ''
  return `\`${whole}\` is Python: ${parts.join('; ')}.${leave}`
}

/** `npm install ws`, `$ node server.js`: in a cell without a sign in front of it. */
const TERMINAL =
  /^\s*(?:[$%>]\s+)?(?:sudo\s+)?(?:npm|npx|pip3?|python3?|node|apt|apt-get|curl|wget|telnet|nc|ping|git|cd|ls|cat|mkdir)\s+(?!(?:in|instanceof|of|as|is|and|or|if)\b)[\w./~-]/

/** A line for a shell. */
export function shellLine(line: string): string | undefined {
  if (
    /^\s*!\s*(?:npm|pip3?|ls|cd|cat|pwd|echo|apt|curl|nc|ping|node|python3?)\b/.test(line) ||
    // Not `!ready or late`.
    /^\s*!\s*\w+\s+(?!(?:or|and|is|in|if)\b)[\w./-]/.test(line) ||
    TERMINAL.test(line)
  )
    return "There are no shell or magic lines here; run the command in a terminal, `npm install` in the notebook's folder."
  return undefined
}

const NO_MAGIC = 'There are no shell or magic lines here'

/** What serves instead of IPython's magic lines. */
const MAGIC: [words: RegExp, instead: string][] = [
  [/^(?:time|timeit|prun)$/, '`console.time("a")` … `console.timeEnd("a")` measures time'],
  [/^cd$/, '`process.chdir("folder")` goes to a folder'],
  [/^pwd$/, '`process.cwd()` is the folder'],
  [/^(?:set_)?env$/, '`process.env.NAME = "value"` sets a variable of the environment'],
  [
    /^(?:pip|conda|npm|bash|sh|system|script)$/,
    "run the command in a terminal, `npm install` in the notebook's folder",
  ],
  [/^(?:html|HTML|latex|markdown|svg|javascript|js)$/, '`display.html(…)` and its kin show things'],
  [
    /^(?:run|load|autoreload|load_ext|reload_ext)$/,
    '`import { name } from "./file.ts"` takes what a file has, anew when it has changed',
  ],
]

/** One of IPython's magic lines. */
export function magicLine(line: string): string | undefined {
  const [, word] = /^\s*%%?([A-Za-z]\w*)/.exec(line) ?? []
  const [, instead] = MAGIC.find(([words]) => words.test(word ?? '')) ?? []
  return word && (instead ? `${NO_MAGIC}; ${instead}.` : `${NO_MAGIC}: leave the line out.`)
}
