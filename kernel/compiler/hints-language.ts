/**
 * What is said of TypeScript itself to who knows another language: types that want to be told what they hold, members that
 * are missing or too many, brackets that were left open, names that are none. Asked last, where no other rule knows more.
 */
import ts from 'typescript'
import { askedOf, callAround, inShort, type Rule } from './hints-places.ts'

/** `const user: User = { name: "ann" }`, without its `age`. */
const membersMissing: Rule = ({ message }) => {
  const [, member, , type] =
    /^Property '(\w+)' is missing in type '([^\n]*)' but required in type '(\w+)'/.exec(message) ?? []
  return member && `Give it one, \`${member}: …\`; or let it be left out where ${type} is declared: \`${member}?: …\`.`
}

/** `const c: Color = "RED"` */
const nameOfEnum: Rule = ({ message, token }) => {
  const [, name, type] = /^Type '"([A-Za-z_]\w*)"' is not assignable to type '([A-Z]\w*)'\.$/.exec(message) ?? []
  if (!name || !type) return undefined
  const isEnum = token.getSourceFile().text.match(new RegExp(String.raw`\benum\s+${type}\b[^}]*\b${name}\b`))
  return isEnum ? `One of an enum stands behind a dot: \`${type}.${name}\`.` : undefined
}

const HOLDING: Record<string, string> = {
  Array: '`string[]` for a list of texts, `socket.Socket[]` for one of sockets',
  Map: '`Map<string, number>` for numbers by text',
  Set: '`Set<string>` for texts',
  Promise: '`Promise<string>` for a text that is to come, `Promise<void>` for nothing but the end',
  Record: '`Record<string, number>` for numbers by text',
}

/** `const list: Array = []` */
const holdsWhat: Rule = ({ message }) => {
  const [, type = ''] = /^Generic type '(\w+)</.exec(message) ?? []
  const example = Object.hasOwn(HOLDING, type) ? HOLDING[type] : undefined
  return `The type says what it holds${example ? `: ${example}` : ', in `<…>`'}.`
}

/** `list.reduce((a, b) => { a + b }, 0)` */
const withoutReturn: Rule = ({ message, token }) => {
  if (!/Type 'void' is not assignable to type/.test(message)) return undefined
  const arrow = ts.findAncestor(token, ts.isArrowFunction) ?? token.parent
  const isBlock = ts.isArrowFunction(arrow) && ts.isBlock(arrow.body)
  return isBlock
    ? 'In curly brackets a function needs `return`; without them it gives what stands behind `=>`.'
    : undefined
}

/** `while (true { … }` */
const bracketBeforeBrace: Rule = ({ message, token, line }) =>
  /^'\)' expected/.test(message) &&
  token.kind === ts.SyntaxKind.OpenBraceToken &&
  /\b(?:if|while|for|switch)\b/.test(line)
    ? 'The bracket before the `{` is still open: `)` closes it.'
    : undefined

/** `type Address = (string, number)` */
const listType: Rule = ({ line }) => {
  const [, types] =
    /:?=?\s\(((?:\s*(?:string|number|boolean|any)\s*,)+\s*(?:string|number|boolean|any)\s*)\)/.exec(line) ?? []
  return types && `A type of several in order stands in square brackets: \`[${types.trim()}]\`.`
}

/** `let my-var = 5` */
const nameWithDash: Rule = ({ line, message }) => {
  const [, first = '', second = ''] =
    /\b(?:const|let|var|function)\s+([A-Za-z_$]\w*)-([A-Za-z]\w*)\s*[=(;]/.exec(line) ?? []
  return first && /^'[,;(]' expected/.test(message)
    ? `A name has no \`-\` in it: \`${first}${second.charAt(0).toUpperCase()}${second.slice(1)}\`.`
    : undefined
}

/** `let class = 5` */
const wordAsName: Rule = ({ line }) => {
  const [, word] = /\b(?:const|let|var)\s+([a-z]+)\b/.exec(line) ?? []
  return word && ts.isIdentifierStart(word.charCodeAt(0), ts.ScriptTarget.Latest) && isReserved(word)
    ? `\`${word}\` is a word of the language: the name must be another, \`${word}Name\`.`
    : undefined
}

const isReserved = (word: string): boolean => {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, word)
  const kind = scanner.scan()
  return kind >= ts.SyntaxKind.FirstReservedWord && kind <= ts.SyntaxKind.LastReservedWord
}

/** `await readFile("x", "utf8")` of "node:fs" */
const calledBackByNode: Rule = ({ message, token }) => {
  if (!/parameter of type '\(err: ErrnoException \| null/.test(message)) return undefined
  const call = ts.findAncestor(token, ts.isCallExpression)
  const name = call?.expression.getText().replace(/^.*\./, '') ?? 'readFile'
  return `That one calls back. What can be awaited has the same name in "node:fs/promises": \`import { ${name} } from "node:fs/promises"\`.`
}

/** `const fixed: readonly number[] = [1]; fixed.push(2)` */
const fixedList: Rule = ({ message }) =>
  /^Property '(?:push|pop|shift|unshift|splice|sort|reverse|fill)' does not exist on type 'readonly /.test(message)
    ? 'This list is not to be changed: `[...list, item]` makes a new one.'
    : undefined

/** `n == NaN` */
const notANumber: Rule = ({ message, token }) => {
  const both = ts.findAncestor(token, ts.isBinaryExpression)
  if (!/always return '(?:true|false)'/.test(message) || !both) return undefined
  const value = [both.left, both.right].find((side) => side.getText() !== 'NaN')
  const isNot = both.operatorToken.getText().startsWith('!')
  return (
    value &&
    `Nothing equals \`NaN\`, not even itself: \`${isNot ? '!' : ''}Number.isNaN(${inShort(value, 'value', 40)})\`.`
  )
}

/** `isNaN(text)` */
const isNumberText: Rule = ({ token }) => {
  const call = callAround(token)
  return call && /^(?:Number\.)?isNaN$/.test(call.expression.getText())
    ? `Whether a text is a number: \`Number.isNaN(Number(${inShort(token, 'text', 30)}))\` is true if it is none.`
    : undefined
}

/** `7 div 2`, `10 mod 3` */
const divided: Rule = ({ line }) => {
  const [, a, word, b] = /([\w.]+)\s+(div|mod)\s+([\w.]+)/.exec(line) ?? []
  return word && (word === 'div' ? `Whole parts: \`Math.floor(${a} / ${b})\`.` : `What is left over: \`${a} % ${b}\`.`)
}

/** `make.size`, where `make` gives what has it. */
const ofFunction: Rule = ({ message, token }) => {
  const [, member] = /^Property '(\w+)' does not exist on type '\([^\n]*\) => \{/.exec(message) ?? []
  const asked = askedOf(token)
  return member && asked
    ? `It is a function: \`${inShort(asked, 'it', 30)}().${member}\` asks for what it gives.`
    : undefined
}

/** `setTimeout("ring()", 100)` */
const textForFunction: Rule = ({ message, token }) =>
  /'(?:string|"[^\n]*")' is not assignable to parameter of type '\((?:_|\.\.\.)?[^\n]*\) => /.test(message)
    ? `A function is wanted, no text: \`() => { … }\`${ts.isStringLiteralLike(token) ? ', with what stands in quotes in it' : ''}.`
    : undefined

/** `promise.then(console.log("x"))` */
const calledInThen: Rule = ({ message, token }) => {
  const call =
    token.parent &&
    ts.findAncestor(
      token,
      (node) => ts.isCallExpression(node) && /\.(?:then|catch|finally)$/.test(node.expression.getText()),
    )
  return call && /^Argument of type 'void'/.test(message)
    ? 'That is called at once, and gives nothing. What is to run later is a function: `.then(() => …)`.'
    : undefined
}

/** `Promise.all(first, second)` */
const oneList: Rule = ({ token }) => {
  const call = callAround(callAround(token)?.parent ?? token) ?? callAround(token)
  const [, name] = /^Promise\.(all|allSettled|race|any)$/.exec(call?.expression.getText() ?? '') ?? []
  return (
    name &&
    `They stand in one list: \`Promise.${name}([${call?.arguments?.map((one) => inShort(one, '…', 15)).join(', ')}])\`.`
  )
}

const LANGUAGE: Record<number, Rule[]> = {
  1005: [bracketBeforeBrace, listType, nameWithDash, divided],
  1313: [() => 'The `;` ends the `if` before it has begun: leave it out.'],
  1440: [wordAsName],
  2314: [holdsWhat],
  2322: [nameOfEnum],
  2339: [fixedList, ofFunction],
  2345: [calledBackByNode, isNumberText, calledInThen, textForFunction],
  2393: [() => 'Two functions in this cell have one name: leave one out, or call it something else.'],
  2511: [
    ({ token }) =>
      `It only says what its kinds have in common: make one of a class that \`extends ${inShort(token.parent, 'it', 30).replace(/^new\s+(\w+).*/, '$1')}\`.`,
  ],
  2542: [
    () => 'It is not to be changed in place: a new one is put together, `text.slice(0, 1) + "x" + text.slice(2)`.',
  ],
  2554: [oneList],
  2794: [() => 'A promise of nothing says so: `new Promise<void>((resolve) => …)`.'],
  2845: [notANumber],
  2678: [() => 'It is of another type than what `switch` asks for, so it never comes to this.'],
  2741: [membersMissing],
  2769: [withoutReturn, textForFunction],
  7019: [({ token }) => `Say what they are: \`...${token.parent.getText().replace(/^\.{3}/, '')}: string[]\`.`],
}

export const ofLanguage = (code: number): readonly Rule[] => LANGUAGE[code] ?? []
