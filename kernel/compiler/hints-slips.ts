/**
 * Slips of the pen that leave something which is no TypeScript at all: a keyword with its letters swapped, a word or an
 * operator of another language, a comma that is missing. Asked last, where no other rule knows more.
 */
import ts from 'typescript'
import type { Rule } from './hints-places.ts'

const KEYWORDS = [
  'async await break case catch class const continue default else enum export extends finally for function',
  'if import instanceof interface let new return switch throw try type typeof using while yield',
]
  .join(' ')
  .split(' ')

/** Is one of the two the other with a letter more, less, changed, or two neighbours swapped? */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let endA = a.length
  let endB = b.length
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [restA, restB] = [a.slice(from, endA), b.slice(from, endB)]
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}

/** Behind these stands a name, which may look as it likes. */
const NAMES = new Set(['class', 'const', 'enum', 'function', 'import', 'interface', 'let', 'type', 'using', 'var'])

/** `swtich (1) {`, `async functoin f()`, `IF (ready)`: only among the first words, where a keyword would stand. */
const misspelt: Rule = ({ line, message }) => {
  // `foo(a b)` is a call.
  if (/Did you mean/.test(message) || /^\s*(?:await\s+)?[\w.]+\(.*\)\s*;?\s*$/.test(line)) return undefined
  for (const [word] of [...line.matchAll(/\w+/g)].slice(0, 2)) {
    if (NAMES.has(word)) break
    if (word.length < 2 || KEYWORDS.includes(word)) continue
    const lower = word.toLowerCase()
    const meant = KEYWORDS.find((keyword) => keyword === lower || (keyword.length > 2 && isNear(lower, keyword)))
    if (meant) return `\`${word}\` should perhaps be \`${meant}\`.`
  }
  return undefined
}

/** `func f()`, `fn f()`, `sub f()` */
const otherFunction: Rule = ({ line }) => {
  const [, word, name] =
    /^\s*(?:(?:public|private|static)\s+)*(func|fn|fun|sub|proc|procedure)\s+(\w+)/.exec(line) ?? []
  return word && `\`${word}\` is another language's. Here: \`function ${name}(…) { … }\`.`
}

/** `x := 5` */
const walrus: Rule = ({ line }) => {
  const [, name] = /([\w.]+)\s*:=/.exec(line) ?? []
  return name && `\`:=\` is another language's. Here: \`const ${name} = …\` makes a name, \`${name} = …\` changes it.`
}

/** `const y == 5` */
const comparedForGiven: Rule = ({ line }) => {
  const [, keyword, name] = /^\s*(const|let|var|using)\s+(\w+)\s*={2,3}/.exec(line) ?? []
  return keyword && `\`==\` compares; a value is given by one \`=\`: \`${keyword} ${name} = …\`.`
}

/** `let 1st = 3` */
const startsWithDigit: Rule = ({ line }) =>
  /^\s*(?:const|let|var|using)\s+\d/.test(line) ? 'A name begins with a letter.' : undefined

/** `if x > 3 then …`, as BASIC and the shell have it: asked first, for Python's conditions have no brackets either. */
export const ifThen: Rule = ({ line, message }) =>
  /^\s*if\b.*\bthen\b/.test(line) && /expected/.test(message)
    ? 'A condition stands in brackets and what it leads to in braces, without `then`: `if (…) { … }`.'
    : undefined

/** `else { … }` without its `if`: what stands before a cell is not seen by it. */
const elseAlone: Rule = ({ line }) =>
  /^\s*else\b/.test(line) ? '`else` stands right behind the `}` of its `if`, in the same cell.' : undefined

/** `else if { … }` */
export const elseIfAlone: Rule = ({ line, message }) =>
  /^'\(' expected/.test(message) && /\belse\s+if\s*\{/.test(line)
    ? 'Behind `else if` stands a condition: `else if (…) {`. What is left over is for `else {`.'
    : undefined

const catchMissing: Rule = ({ message }) =>
  /^'catch' or 'finally' expected/.test(message)
    ? 'What may go wrong in `try { … }` is met behind it: `catch (error) { … }`, or `finally { … }`.'
    : undefined

/** `catch e { … }` */
const caughtInBrackets: Rule = ({ line }) => {
  const [, name] = /\bcatch\s+(\w+)\s*\{/.exec(line) ?? []
  return name && `The name of the error stands in brackets: \`catch (${name}) { … }\`.`
}

/** `catch (OSError e)` as in Java, `catch (socket.timeout)`, `catch (OSError as e)` */
const caughtClass: Rule = ({ line, start, token }) => {
  const found = /\bcatch\s*\(\s*([\w.]+)(?:\s+(?:as\s+)?(\w+))?\s*\)/.exec(line)
  const [all = '', kind, name = 'error'] = found ?? []
  if (!found || !kind || !/Error$|[.]|^Exception$|^KeyboardInterrupt$/.test(kind)) return undefined
  const column = token.getSourceFile().getLineAndCharacterOfPosition(start).character
  if (column < found.index || column >= found.index + all.length) return undefined
  return `\`catch\` takes every error: ask for its class within, \`catch (${name}) { if (!(${name} instanceof ${kind})) throw ${name}; … }\`.`
}

/** `case 1 console.log(1)` */
const colonOfCase: Rule = ({ line, message }) =>
  /^':' expected/.test(message) && /\bcase\b/.test(line) ? 'A case ends with a colon: `case 1: … break`.' : undefined

/** `do { … } until (x > 5)` */
const until: Rule = ({ line, message }) =>
  /^'while' expected/.test(message) && /\buntil\b/.test(line)
    ? '`do { … } while (…)` repeats as long as what stands in brackets holds: the opposite of `until`.'
    : undefined

/** `class Box { def __init__(self) { … } }`, `class Box { func open() { … } }` */
const methodWithWord: Rule = ({ line, token, message }) => {
  if (!/^Unexpected token\. A constructor/.test(message) && !ts.findAncestor(token, ts.isClassLike)) return undefined
  const [, word, name = ''] = /(?:^|[{;}])\s*(?:async\s+)?(def|func|fn|fun|function)\s+(\w+)\s*\(/.exec(line) ?? []
  if (!word) return undefined
  const method = name === '__init__' ? 'constructor' : name
  return `In a class a method stands without a word before it: \`${method}(…) { … }\`.`
}

/** `sock.` at the end of a cell; a comment may end with a dot, too. */
const nothingAfterDot: Rule = ({ line }) =>
  /^(?!.*\/\/).*[\w)\]]\.\s*$/.test(line) ? 'Behind the dot a name is missing: what is asked for.' : undefined

/** `args: ()`, Python's empty tuple. */
const emptyBrackets: Rule = ({ message, token, start }) => {
  const { text } = token.getSourceFile()
  return /^Expression expected/.test(message) && text[start] === ')' && /[=:,([]\s*\(\s*$/.test(text.slice(0, start))
    ? 'Nothing stands in these brackets. An empty list is `[]`.'
    : undefined
}

/** `for (const i, value of list.entries())`, `for (let [i, value] in list)` */
const namesOfLoop: Rule = ({ line }) => {
  const [, keyword, names, list] =
    /\bfor\s*\(\s*(const|let|var)\s+\[?\s*(\w+(?:\s*,\s*\w+)+)\s*\]?\s+(?:of|in)\s+([\w.]+(?:\(\))?)?/.exec(line) ?? []
  return (
    names &&
    `Several names at once stand in square brackets, before \`of\`: \`for (${keyword} [${names}] of ${list ?? '…'})\`.`
  )
}

/** `const size = big ? 5`; not `list?.length`, nor `??`. */
const secondOfTwo: Rule = ({ line, message }) =>
  /^':' expected/.test(message) && /(?<!\?)\?(?![.?:])/.test(line)
    ? 'Behind `?` stand two values, for yes and for no: `condition ? one : other`.'
    : undefined

/** `if (ready) start() else stop()` */
const beforeElse: Rule = ({ message, token, start }) =>
  /^';' expected/.test(message) && /^else\b/.test(token.getSourceFile().text.slice(start))
    ? 'Before `else` its line ends, with `;` or in braces: `if (…) { … } else { … }`.'
    : undefined

/** `"a" "b"`, which Python joins. */
const textsInARow: Rule = ({ token, message, start }) =>
  /expected/.test(message) &&
  ts.isStringLiteralLike(token) &&
  /["'`]\s*$/.test(token.getSourceFile().text.slice(0, start))
    ? 'Texts are joined by `+`, or stand in one pair of quotes.'
    : undefined

/** `function (n: number) { … }`, `function g(n: number) return n` */
const functionParts: Rule = ({ line, message }) => {
  if (/^\s*(?:async\s+)?function\s*\*?\s*\(/.test(line) && /^Identifier expected/.test(message))
    return 'A function that stands by itself has a name: `function size(…) { … }`.'
  return /\bfunction\b/.test(line) && /^'\{' or ';' expected/.test(message)
    ? 'What a function does stands in braces: `function size(…) { return … }`.'
    : undefined
}

/** `class Box { width = 1, height = 2 }` */
const commaInClass: Rule = ({ message, token, start }) =>
  /^';' expected/.test(message) && token.getSourceFile().text[start] === ',' && ts.findAncestor(token, ts.isClassLike)
    ? 'The members of a class are separated by `;`, or stand in lines of their own.'
    : undefined

/** `import { connect } from net` */
const moduleWithoutQuotes: Rule = ({ line }) =>
  /\bfrom\s+\w/.test(line) ? 'The name of a module stands in quotes: `… from "net"`.' : undefined

/** `if () { … }` */
const noCondition: Rule = ({ line, message }) => {
  const [, word] = /\b(if|while)\s*\(\s*\)/.exec(line) ?? []
  return /^Expression expected/.test(message)
    ? word && `Between the brackets of \`${word}\` its condition is missing.`
    : undefined
}

const LISTS = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.ObjectLiteralExpression,
])

/** `f(a b)`, `[1 2]`, `{ a: 1; b: 2 }` */
const missingComma: Rule = ({ message, token, start }) => {
  if (!/^',' expected/.test(message)) return undefined
  // Not the call that begins at the place.
  const isAround = (node: ts.Node) => LISTS.has(node.kind) && node.getStart() < start
  const around = ts.findAncestor(token, (node) => isAround(node) || ts.isFunctionLike(node) || ts.isStatement(node))
  if (around && ts.isFunctionLike(around) && start < (around.parameters.end ?? 0) + 1)
    return 'What a function takes is separated by commas.'
  if (!around || !LISTS.has(around.kind)) return undefined
  const file = token.getSourceFile()
  const lineOf = (place: number) => file.getLineAndCharacterOfPosition(place).line
  // On a later line it is rather the closing bracket that is missing.
  const isList = ts.isArrayLiteralExpression(around)
  const isObject = ts.isObjectLiteralExpression(around)
  if (lineOf(token.getStart()) !== lineOf(around.getStart()) && !isObject) {
    const bracket = isList ? ']' : ')'
    return `Before this line a \`${bracket}\` is missing, or a comma.`
  }
  return isList
    ? 'The values of a list are separated by commas.'
    : isObject
      ? 'The parts of an object are separated by commas.'
      : 'What a function is given is separated by commas.'
}

/** `await sleep 1` */
const callWithoutBrackets: Rule = ({ line, token }) => {
  const [, called, given] = /^\s*(?:await\s+)?([A-Za-z_][\w.]*)\s+([\d"'`\w].*?)\s*;?\s*$/.exec(line) ?? []
  if (!called || !given || given.length > 60 || KEYWORDS.includes(called)) return undefined
  const isHere = ts.isNumericLiteral(token) || ts.isStringLiteralLike(token) || /^\s*await\b/.test(line)
  return isHere ? `What a function is given stands in round brackets: \`${called}(${given})\`.` : undefined
}

/** `console.lgo("x")`: TypeScript suggests nothing for names as short as these. */
const consoleSlip: Rule = ({ message }) => {
  const [, name = ''] = /^Property '(\w+)' does not exist on type 'Console'/.exec(message) ?? []
  const meant = ['log', 'info', 'warn', 'error', 'debug', 'table', 'dir'].find((each) =>
    isNear(name.toLowerCase(), each),
  )
  return name && (meant ? `It is called \`console.${meant}\`.` : 'What prints is `console.log(…)`.')
}

const SLIPS: Record<number, Rule[]> = {
  1003: [nothingAfterDot, functionParts],
  1005: [
    caughtInBrackets,
    caughtClass,
    nothingAfterDot,
    secondOfTwo,
    commaInClass,
    beforeElse,
    otherFunction,
    walrus,
    comparedForGiven,
    colonOfCase,
    until,
    startsWithDigit,
    callWithoutBrackets,
    misspelt,
    missingComma,
    textsInARow,
  ],
  1068: [methodWithWord],
  1108: [() => 'A cell needs no `return`: the value of its last line is shown.'],
  1110: [walrus],
  1109: [walrus, noCondition, emptyBrackets],
  1128: [elseAlone, misspelt],
  1141: [moduleWithoutQuotes],
  1144: [functionParts],
  1188: [namesOfLoop],
  1351: [startsWithDigit],
  1434: [methodWithWord, otherFunction, misspelt],
  1435: [otherFunction],
  1440: [startsWithDigit],
  1472: [catchMissing],
  2339: [consoleSlip],
  2491: [namesOfLoop],
}

export const slips = (code: number): readonly Rule[] => SLIPS[code] ?? []
