/**
 * What is said of plain TypeScript that is nearly right: maps, lists and objects taken for one another, bytes made or shown
 * in other languages' ways, two statements in one line. Knows the message and the code at the place; asks for no types.
 */
import ts from 'typescript'
import { callAround, type Rule } from './hints-places.ts'

/** `for (const sock of clients) sock.close()`, of a Map. */
export const pairOfMap: Rule = ({ message, token }) => {
  if (!/does not exist on type '\[[^:\]]+, [^:\]]+\]'/.test(message)) return undefined
  const loop = ts.findAncestor(token, ts.isForOfStatement)
  return loop && 'Each is a pair: `for (const [key, value] of …)`; of a Map, `….values()` gives the values alone.'
}

/** `i < names` */
export const shorterThanList: Rule = ({ message, token }) => {
  const [, left = '', right = ''] =
    /^Operator '[<>]=?' cannot be applied to types '([^']*)' and '([^']*)'/.exec(message) ?? []
  const compared = ts.findAncestor(token, ts.isBinaryExpression)
  const list = /\[\]$/.test(right) ? compared?.right : /\[\]$/.test(left) ? compared?.left : undefined
  return list && ts.isIdentifier(list) ? `How long a list is: \`${list.text}.length\`.` : undefined
}

/** `ports.get("http")`, of a Record. */
export const recordIsNoMap: Rule = ({ message, token }) =>
  /has no call signatures/.test(message) && /^(?:get|set|has|keys|values|entries|items|delete)$/.test(token.getText())
    ? 'It is an object and no Map: `table[key]`, `key in table`, `Object.keys(table)`.'
    : undefined

/** `a, b = b, a` */
export const swappedNames: Rule = ({ line }) => {
  const [, a, b] = /(?:^|[;{]\s*)(\w+), (\w+) = \2, \1\b/.exec(line.trim()) ?? []
  return a && `Two values change places in square brackets: \`;[${a}, ${b}] = [${b}, ${a}]\`.`
}

/** `const [a, b] = { a: 1, b: 2 }`, `const { a, b } = [1, 2]` */
export const partsTaken: Rule = ({ message, token }) => {
  const declaration = ts.findAncestor(token, ts.isVariableDeclaration)
  const { name, initializer } = declaration ?? {}
  if (!name || !initializer || token.pos > name.end) return undefined
  if (ts.isArrayBindingPattern(name) && /^Type '\{/.test(message))
    return 'What an object holds has names: they stand in braces, `const { first, second } = …`.'
  return ts.isObjectBindingPattern(name) && /does not exist on type '[^\n]*\[\]'/.test(message)
    ? 'What a list holds has an order: names for it stand in square brackets, `const [first, second] = …`.'
    : undefined
}

/** `data.toString(16)` */
export const baseOfBytes: Rule = ({ message }) =>
  /'\d+' is not assignable to parameter of type 'BufferEncoding/.test(message)
    ? 'Bytes in hexadecimal digits: `data.toString("hex")`.'
    : undefined

/** `new Uint8Array("abc")`, and where a Buffer is wanted. */
export const bytesMade: Rule = ({ message, token }) => {
  if (/^new Uint8Array\(/.test(callAround(token)?.getText() ?? '') && /'string'/.test(message))
    return 'Bytes of a text: `Buffer.from(text)`.'
  return /Type 'Uint8Array' is missing [^\n]* type 'Buffer'/.test(message)
    ? '`Buffer.from(array)` makes a Buffer of any bytes.'
    : undefined
}

/** `for await (const data of conn.chunks)` */
export const generatorNamed: Rule = ({ message }) =>
  /^Type '\([^']*\) => AsyncGenerator</.test(message) ? 'This only names the function: call it, with `()`.' : undefined

/** `Math.max(list)` */
export const listOfNumbers: Rule = ({ message, token }) => {
  const asked = callAround(token)?.expression.getText() ?? ''
  return /^Math\.(?:max|min)$/.test(asked) && /\[\]' is not assignable/.test(message)
    ? `It takes numbers one by one: \`${asked}(...list)\`.`
    : undefined
}

/** `list.map((n) => { n * 2 })[0].toFixed()` */
export const nothingReturned: Rule = ({ message }) =>
  /does not exist on type 'void'/.test(message)
    ? 'Nothing was given back here: a function with braces needs `return`, `(n) => { return n * 2 }` or `(n) => n * 2`.'
    : undefined

/** `new Date() - began` */
export const dateAsNumber: Rule = ({ token }) =>
  /\bDate\b/.test(token.parent.getText().slice(0, 60))
    ? '`Date.now()` is the time in milliseconds, `date.getTime()` that of a Date.'
    : undefined

const STATEMENT = /^(?:break|const|continue|do|for|function|if|let|return|switch|throw|try|using|while)$/

/** `sock.listen() return` */
export const oneStatementMore: Rule = ({ message, token }) =>
  /^'[,;]' expected/.test(message) && STATEMENT.test(token.getText())
    ? 'A statement ends before that word: put `;` there, or a new line.'
    : undefined
