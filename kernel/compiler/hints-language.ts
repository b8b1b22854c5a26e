/**
 * What is said of TypeScript itself to who knows another language: types that want to be told what they hold, members that
 * are missing or too many, brackets that were left open, names that are none. Asked last, where no other rule knows more.
 */
import ts from 'typescript'
import { inShort, type Rule } from './hints-places.ts'

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

const LANGUAGE: Record<number, Rule[]> = {
  1005: [bracketBeforeBrace, listType, nameWithDash],
  1440: [wordAsName],
  2314: [holdsWhat],
  2322: [nameOfEnum],
  2339: [fixedList],
  2345: [calledBackByNode],
  2393: [() => 'Two functions in this cell have one name: leave one out, or call it something else.'],
  2511: [
    ({ token }) =>
      `It only says what its kinds have in common: make one of a class that \`extends ${inShort(token.parent, 'it', 30).replace(/^new\s+(\w+).*/, '$1')}\`.`,
  ],
  2678: [() => 'It is of another type than what `switch` asks for, so it never comes to this.'],
  2741: [membersMissing],
  2769: [withoutReturn],
  7019: [({ token }) => `Say what they are: \`...${token.parent.getText().replace(/^\.{3}/, '')}: string[]\`.`],
}

export const ofLanguage = (code: number): readonly Rule[] => LANGUAGE[code] ?? []
