/** Hints about names that nobody has declared, and about Python's ways to give several things at once. */
import ts from 'typescript'
import { isCellFile } from './cell-file.ts'
import { printsElsewhere } from './hints-copied.ts'
import { askedOfNobody, behindADot, ofANodeModule } from './hints-members.ts'
import { callAround, isAssignment, type Rule, word } from './hints-places.ts'
import { namedType } from './hints-types.ts'
import { libraryFolder } from './places.ts'
import { PYTHON_CALLS, PYTHON_NAMES } from './python-words.ts'
import { rejectedCellOf } from './rejected-cells.ts'

/** `a, b = f()`: the names, if only names stand there. */
function severalNames(token: ts.Node): string[] {
  const statement = ts.findAncestor(token, ts.isExpressionStatement)
  let at: ts.Node | undefined = statement?.expression
  const names: (string | undefined)[] = []
  while (at && ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.CommaToken) {
    names.unshift(word(isAssignment(at.right) && names.length === 0 ? at.right.left : at.right))
    if (names.length === 1 && !isAssignment(at.right)) return []
    at = at.left
  }
  if (names.length === 0 || !at) return []
  names.unshift(word(at))
  return names.every((name) => name !== undefined) ? (names as string[]) : []
}

export const namesTogether: Rule = ({ token }) => {
  const names = severalNames(token)
  return names.length > 1
    ? `Several names at once stand in square brackets: \`const [${names.join(', ')}] = …\`.`
    : undefined
}

/** `host, port = "127.0.0.1", 8080`, with `let` before it or without. */
export const valuesTogether: Rule = ({ line }) => {
  const [, keyword = 'const', left = '', right = ''] =
    /^\s*(?:(const|let|var)\s+)?(\w+(?:\s*,\s*\w+)+)\s*=\s*([^=].*?)\s*;?\s*$/.exec(line) ?? []
  const names = left.split(/\s*,\s*/)
  const values = right.split(/\s*,\s*/)
  if (names.length < 2 || values.length !== names.length || /[([{`]/.test(right)) return undefined
  return `Each name gets its value by itself: \`${keyword} ${names.map((name, at) => `${name} = ${values[at]}`).join(', ')}\`.`
}

/** `HOST: str = "127.0.0.1"`, as Python declares a name with its type. */
export const typeWithoutDeclaration: Rule = ({ token }) => {
  const { parent } = token
  const labelled = parent.parent?.parent
  if (!isAssignment(parent) || parent.left !== token || !labelled || !ts.isLabeledStatement(labelled)) return undefined
  const type = namedType(token.getText())
  return `A name is declared by \`const\` or \`let\`: \`const ${labelled.label.text}: ${type} = …\`.`
}

/** Is it what a `for (name of …)` counts with, where nothing declares it? */
const isOfLoop = (file: ts.Node, name: string): boolean => {
  const isIt = (node: ts.Node): boolean =>
    ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && word(node.initializer) === name) ||
    (ts.forEachChild(node, isIt) ?? false)
  return isIt(file)
}

/** `for (key, value in …)`: its names, if the place is one of them. */
function namesOfLoop(token: ts.Node): string | undefined {
  const { parent } = token
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.CommaToken) return undefined
  const loop = parent.parent
  const isHead = (ts.isForInStatement(loop) || ts.isForOfStatement(loop)) && loop.initializer === parent
  return isHead ? parent.getText() : undefined
}

/** `("host", 80)` as Python writes a pair. */
export const roundPair: Rule = ({ token }) => {
  const pair = ts.findAncestor(token, (node) => ts.isStatement(node) || ts.isParenthesizedExpression(node))
  if (!pair || !ts.isParenthesizedExpression(pair) || pair.getText().length > 80) return undefined
  const { expression } = pair
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.CommaToken) return undefined
  return `Several values together stand in square brackets: \`[${expression.getText()}]\`.`
}

/** How often a cell gives `name = …`, and whether one of them comes before a place. */
function assignments(file: ts.Node, name: string, place: number) {
  let count = 0
  let before = false
  const visit = (node: ts.Node): void => {
    if (isAssignment(node) && word(node.left) === name) {
      count++
      if (ts.isExpressionStatement(node.parent) && node.pos <= place) before = true
      if (ts.isForStatement(node.parent) && node.parent.initializer === node) {
        before = true
        count++ // what counts a loop changes
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { count, before }
}

/** Of a web page, which a notebook's code does not run in. */
const WEB_PAGE = new Set(['document', 'window', 'location', 'history', 'XMLHttpRequest', 'Image', 'HTMLElement'])

/** Looked for where TypeScript has it: nobody waits for two megabytes unless a name is missing. */
function isOfWebPages(name: string): boolean {
  const declared = new RegExp(String.raw`^(?:interface|type|declare var) ${name}\b`, 'm')
  return /^[A-Z]\w*$/.test(name) && declared.test(ts.sys.readFile(`${libraryFolder}/lib.dom.d.ts`) ?? '')
}

export const unknownName: Rule = ({ message, token }) => {
  const name = word(token)
  if (!name) return undefined
  // Before what else the name may mean: `list`, `data` and `input` are words of Python's, too.
  const cell = rejectedCellOf(name)
  if (cell) return `${cell}, which declares \`${name}\`, was not run, for it has an error: mend it and run it first.`
  const ofNode = name === 'os' && ofANodeModule(token)
  if (ofNode) return ofNode
  if (Object.hasOwn(PYTHON_NAMES, name)) return `\`${name}\` is Python's. Here: ${PYTHON_NAMES[name]}.`
  const called = ts.isCallExpression(token.parent) && token.parent.expression === token
  if (Object.hasOwn(PYTHON_CALLS, name) && called) return `\`${name}\` is Python's. Here: ${PYTHON_CALLS[name]}.`
  const prints = printsElsewhere(name)
  if (prints) return prints
  const isType = ts.isTypeReferenceNode(token.parent)
  if (isType && isOfWebPages(name))
    return `It is a type of web pages: \`/// <reference lib="dom" />\` as the first line brings them. No code of pages runs here.`
  if (WEB_PAGE.has(name))
    return `A notebook's code runs in Node, not in a web page: there is no \`${name}\`. \`display.html(…)\` shows HTML.`
  if (name === 'Deno')
    return `This is Node, not Deno: \`Deno.jupyter\` is \`jupyter\` here, files are read with \`node:fs\`.`
  if (name.startsWith('$$') || name === '$TS')
    return `\`${name}\` is ${name === '$TS' ? 'iTypeScript' : 'IJavascript'}'s. Here \`display.html(…)\`, \`display.svg(…)\` and their kin show things, and a cell may \`await\`.`
  const { parent } = token
  if (/^(?:end|flush)$/.test(name) && /^(?:console\.log|print)$/.test(callAround(token)?.expression.getText() ?? ''))
    return '`console.log` ends its line; `process.stdout.write(text)` prints without a new line.'
  if (isAssignment(parent) && parent.left === token && parent.parent === callAround(token))
    return `No argument is given by its name here: leave out \`${name} =\`, or write \`{ ${name}: … }\` where names are wanted.`
  const several = namesOfLoop(token)
  if (several) return `Several names at once stand in square brackets: \`for (const [${several}] of …)\`.`
  if (isOfLoop(token.getSourceFile(), name)) return `A new name is declared first: \`for (const ${name} of …)\`.`
  const { count, before } = assignments(token.getSourceFile(), name, token.pos)
  if (before) return `A new name is declared first: \`${count > 1 ? 'let' : 'const'} ${name} = …\`.`
  if (name === 'Socket') return 'A socket is made by `socket.socket()`, and `socket.Socket` is its type.'
  const member = behindADot(name)
  if (member) return member
  const asked = askedOfNobody(name, token, called)
  if (asked) return asked
  if (/Did you mean/.test(message)) return undefined
  if (!isCellFile(token.getSourceFile().fileName))
    return `Neither this file nor what it imports declares \`${name}\`: import it, or check the spelling.`
  return `No cell that has run declares \`${name}\`: run its cell first, or check the spelling. (A cell with an error declares nothing.)`
}

/** A `let`, `const`, class or enum that is used where it has no value yet. */
export const usedAbove: Rule = ({ token }) => {
  const name = word(token) ?? 'variable'
  const declares = (node: ts.Node): boolean =>
    (ts.isVariableDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) &&
    node.pos >= token.end &&
    node.name?.getText() === name
  const isBelow = (node: ts.Node): boolean => declares(node) || (ts.forEachChild(node, isBelow) ?? false)
  return isBelow(token.getSourceFile())
    ? `\`${name}\` is used above the line that declares it: move the declaration up.`
    : `A \`let\` or \`const\` makes a new \`${name}\`, which has no value yet. To change the one there is, leave out the \`let\`.`
}
