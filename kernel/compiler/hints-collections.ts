/**
 * What is said of lists, sets, maps and objects that are asked for each other's members, looped over or compared. Knows the
 * message and the code at the place; asks for no types.
 */
import ts from 'typescript'
import { askedOf, callAround, calledName, inShort, isAssignment, isEquality, type Rule, word } from './hints-places.ts'

const OF_LIST: Record<string, string> = {
  add: '`push(value)`',
  push_back: '`push(value)`',
  size: '`length`, without `()`',
  count: '`length`, without `()`',
  has: '`includes(value)`',
  contains: '`includes(value)`',
  delete: '`splice(place, 1)`',
  isEmpty: '`length === 0`',
}

const OF_SET: Record<string, string> = {
  push: '`add(value)`',
  append: '`add(value)`',
  length: '`size`',
  includes: '`has(value)`',
  contains: '`has(value)`',
  map: '`[...set].map(…)`',
  filter: '`[...set].filter(…)`',
  sort: '`[...set].sort()`',
}

const OF_MAP: Record<string, string> = {
  length: '`size`',
  includes: '`has(key)`',
  contains: '`has(key)`',
  put: '`set(key, value)`',
  add: '`set(key, value)`',
  push: '`set(key, value)`',
  remove: '`delete(key)`',
  map: '`[...map].map(([key, value]) => …)`',
}

const KINDS: [type: RegExp, name: string, words: Record<string, string>][] = [
  [/\[\]$/, 'a list', OF_LIST],
  [/^Set</, 'a Set', OF_SET],
  [/^Map</, 'a Map', OF_MAP],
]

/** `names.add("ann")`, `new Set().length` */
export const memberOfAnother: Rule = ({ message }) => {
  const [, name = '', type = ''] = /^Property '(\w+)' does not exist on type '(.*)'\./.exec(message) ?? []
  const [, kind, words] = KINDS.find(([pattern]) => pattern.test(type)) ?? []
  return words && Object.hasOwn(words, name) ? `Of ${kind} it is ${words[name]}.` : undefined
}

/** `ports.ssh = 22`, `ports.ssh`: a Map's keys are no members. */
export const keyOfMap: Rule = ({ message, token }) => {
  const [, name, kind] = /^Property '(\w+)' does not exist on type '(Map|Set)</.exec(message) ?? []
  const map = askedOf(token)
  if (!name || !map) return undefined
  const text = inShort(map, 'map', 30)
  const asked = map.parent
  const given = isAssignment(asked.parent) && asked.parent.left === asked ? asked.parent.right : undefined
  if (kind === 'Set') return `A Set holds values: \`${text}.add(…)\`, \`${text}.has(…)\`.`
  return given
    ? `What a Map holds is put in by its key: \`${text}.set("${name}", ${inShort(given, '…', 30)})\`.`
    : `What a Map holds is asked for by its key: \`${text}.get("${name}")\`.`
}

/** `for (const key of { a: 1 })` */
export const objectIsNoList: Rule = ({ message, token }) => {
  if (!/^Type '\{/.test(message)) return undefined
  const loop = ts.findAncestor(token, ts.isForOfStatement)
  return loop && token.pos >= loop.expression.pos && token.end <= loop.expression.end
    ? `An object is no list: \`for (const [key, value] of Object.entries(${inShort(loop.expression, 'object', 30)}))\`.`
    : undefined
}

/** `for (const i of 5)`, `for (const i of names.length)` */
export const countedLoop: Rule = ({ message, token }) => {
  if (!/^Type '(?:number|\d+)' must have/.test(message)) return undefined
  const loop = ts.findAncestor(token, ts.isForOfStatement)
  const declared =
    loop && ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0]?.name : undefined
  const name = declared && ts.isIdentifier(declared) ? declared.text : 'i'
  return loop && `To count: \`for (let ${name} = 0; ${name} < ${inShort(loop.expression, 'n', 40)}; ${name}++)\`.`
}

/** `if (names == ["ann", "bob"])` */
export const sameMembers: Rule = ({ token }) => {
  const both = ts.findAncestor(token, isEquality)
  if (!both) return undefined
  const isNot = both.operatorToken.getText().startsWith('!')
  return `It asks whether both are one and the same. Whether they hold the same says \`JSON.stringify(one) ${isNot ? '!==' : '==='} JSON.stringify(other)\`.`
}

/** `state.clients.push("ann")`, where `state` began as `{ clients: [] }`. */
export const listOfNothing: Rule = ({ message, token }) => {
  const [, type = ''] = /^Argument of type '(.*)' is not assignable to parameter of type 'never'/.exec(message) ?? []
  if (!/^(?:push|unshift|splice|includes|indexOf)$/.test(calledName(token))) return undefined
  const kind = /^["'`]/.test(type) ? 'string' : /^\d/.test(type) ? 'number' : /^[\w.]{1,30}$/.test(type) ? type : '…'
  return type && `The list began empty in an object, and nothing says what it holds: \`[] as ${kind}[]\` there does.`
}

/** `[].concat(first, second)` */
export const joinedToNothing: Rule = ({ message, token }) =>
  /'never'/.test(message) && callAround(token)?.expression.getText() === '[].concat'
    ? 'The `[]` says nothing of what it may hold. Lists are joined by `[...first, ...second]`.'
    : undefined

/** `line.split()`, which parts at any white space in Python. */
export const splitByNothing: Rule = ({ token }) => {
  if (calledName(token) !== 'split' || callAround(token)?.arguments?.length !== 0) return undefined
  const text = askedOf(token)?.getText() ?? 'text'
  return `What stands between the parts is said: \`${text}.split(" ")\`, or \`${text}.trim().split(/\\s+/)\` for any white space.`
}

/** `for (const c of clients) c.close()`, where `clients` was made by `new Set()`: of a Map and a list TypeScript says it otherwise. */
export const setOfNothing: Rule = ({ token }) => {
  const name = word(token)
  const isItem = (node: ts.Node): node is ts.ForOfStatement =>
    ts.isForOfStatement(node) &&
    ts.isVariableDeclarationList(node.initializer) &&
    node.initializer.declarations[0]?.name.getText() === name
  const loop = ts.findAncestor(token, isItem)
  if (!name || !loop || !ts.isIdentifier(loop.expression)) return undefined
  const list = loop.expression.text
  return `Nothing says what \`${list}\` holds: say it where it is made, for a Set of sockets \`const ${list} = new Set<socket.Socket>()\`.`
}
