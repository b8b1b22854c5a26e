/**
 * What is said where a value is used as Python would use it: its methods, `+` between bytes, a list of one.
 * Knows the message and the code at the place; asks for no types.
 */
import ts from 'typescript'
import { askedOf, callAround, calledName, type Rule } from './hints-places.ts'
import type { BoundFile } from './internals.ts'

const TEXT: Record<string, string> = {
  encode: '`Buffer.from(text)` makes bytes of a text',
  decode: 'this is text already',
  isdigit: '`/^\\d+$/.test(text)`',
  isnumeric: '`/^\\d+$/.test(text)`',
  isalpha: '`/^\\p{L}+$/u.test(text)`',
  isspace: '`/^\\s+$/.test(text)`',
  upper: '`toUpperCase()`',
  lower: '`toLowerCase()`',
  strip: '`trim()`',
  lstrip: '`trimStart()`',
  rstrip: '`trimEnd()`',
  find: '`indexOf(…)`',
  splitlines: '`split("\\n")`',
  join: '`list.join(", ")`, the other way round',
  index: '`indexOf(…)`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
  format: 'text with values in it stands in backquotes, `` `port ${port}` ``',
}

const BYTES: Record<string, string> = {
  encode: 'these are bytes already; `toString()` makes text of them',
  decode: '`toString()` makes text of bytes',
  hex: '`toString("hex")`',
}

const LIST: Record<string, string> = {
  append: '`push(…)`',
  extend: '`push(...others)`',
  index: '`indexOf(…)`',
  remove: '`list.splice(list.indexOf(value), 1)`',
  insert: '`list.splice(place, 0, value)`',
  popleft: '`shift()`',
  appendleft: '`unshift(…)`',
  clear: '`list.length = 0`',
}

const SET: Record<string, string> = { remove: '`delete(value)`', discard: '`delete(value)`' }

const DICT: Record<string, string> = { items: '`entries()`', update: '`set(key, value)`', pop: '`delete(key)`' }

/** Of an object that is used as a dict. */
const OBJECT: Record<string, string> = {
  get: '`object[key]`',
  items: '`Object.entries(object)`',
  keys: '`Object.keys(object)`',
  values: '`Object.values(object)`',
}

/** Of Node's own sockets and servers. */
const NODE: Record<string, string> = {
  on: 'what comes is awaited: `await server.accept()`, `await conn.recv(1024)`, `for await (const data of conn.chunks())`',
  once: '`await server.accept()`, `await conn.recv(1024)`',
  write: '`await conn.sendall(data)`',
  end: '`conn.shutdown(socket.SHUT_WR)`, or `conn.close()`',
  destroy: '`conn.close()`',
  pipe: '`for await (const data of conn.chunks()) await other.sendall(data)`',
  setTimeout: '`conn.settimeout(seconds)`',
  address: '`server.getsockname()`',
  read: '`await conn.recv(1024)`',
  setEncoding: '`for await (const line of conn.makefile("r"))` reads text',
  remoteAddress: '`const [host, port] = conn.getpeername()`',
  remotePort: '`const [host, port] = conn.getpeername()`',
  localPort: '`const [host, port] = conn.getsockname()`',
}

/** `socket.createServer((conn) => …)`, `sock.connect(address, () => …)`: Node's own call back. */
export const calledBack: Rule = ({ message, token }) => {
  const isFunction = /(?:^Type|Argument of type) '\([^']*\) => /.test(message)
  const name = calledName(token) || callAround(token)?.expression.getText()
  if (!isFunction || !/type '[^']*\b(?:InetAddress|WaitOptions|FlagOptions)\b/.test(message)) return undefined
  return name === 'createServer'
    ? 'Nothing is called back here: `const server = socket.createServer(["127.0.0.1", 5000])`, then `const [conn, address] = await server.accept()`.'
    : `Nothing is called back here: write \`await\` before \`${name}(…)\`, and what follows in the lines below.`
}

/** `data.decode("utf-8")`; `server.on("connection", …)` */
export const pythonMethod: Rule = ({ message, token }) => {
  const [, name = '', type = ''] = /^Property '(\w+)' does not exist on type '(.*)'\./.exec(message) ?? []
  if (/^Socket\b/.test(type) && !type.endsWith('[]')) {
    const call = own(NODE, name)
    return (
      call && `\`.${name}${/^(?:remote|local)/.test(name) ? '' : '()'}\` is that of Node's own sockets. Here: ${call}.`
    )
  }
  if (/^(?:Buffer|Uint8Array)\b/.test(type) && OF_STRINGS.test(name))
    return `\`.${name}()\` is asked of text: make text of the bytes first, \`${bytesOf(token)}.toString().${name}(${givenTo(token)})\`.`
  const hint = type.endsWith('[]')
    ? own(LIST, name)
    : /^(?:string$|["'`])/.test(type)
      ? own(TEXT, name)
      : /^(?:Buffer|Uint8Array)\b/.test(type)
        ? (own(BYTES, name) ?? (own(TEXT, name) || /^(?:startswith|endswith)$/.test(name) ? OF_TEXT : undefined))
        : own(/^Set</.test(type) ? SET : /^Map</.test(type) ? DICT : /^(?:\{|Record<)/.test(type) ? OBJECT : {}, name)
  return hint && `\`.${name}()\` is Python's. Here: ${hint}.`
}

/** What is asked, where it is short. */
const bytesOf = (token: ts.Node) => {
  const text = askedOf(token)?.getText() ?? ''
  return text === '' || text.length > 30 ? 'data' : text
}

/** What stands in the brackets of a call, where it is short. */
const givenTo = (token: ts.Node) => {
  const given = callAround(token)?.arguments?.map((one) => one.getText()) ?? []
  const text = given.join(', ')
  return text.length > 30 ? '…' : text
}

/** What text has and bytes have not. */
const OF_STRINGS =
  /^(?:split|startsWith|endsWith|trim|trimEnd|trimStart|replace|replaceAll|match|matchAll|toUpperCase|toLowerCase|charAt|charCodeAt|padStart|padEnd|repeat|substring|substr|localeCompare|search)$/

const OF_TEXT = 'make text of the bytes first, `data.toString()`'

const own = (words: Record<string, string>, name: string) => (Object.hasOwn(words, name) ? words[name] : undefined)

/** `header + message`, as Python joins bytes; `v6 + v4`, lists. */
export const joinedBytes: Rule = ({ message, token }) => {
  if (/Operator '\+' cannot be applied to types '[^']*\[\]' and '[^']*\[\]'/.test(message)) {
    const { left, right } = ts.findAncestor(token, ts.isBinaryExpression) ?? {}
    return `Lists are joined by \`[...${left?.getText() ?? 'one'}, ...${right?.getText() ?? 'other'}]\`.`
  }
  const bytes = String.raw`'(?:Buffer|Uint8Array)(?:<\w+>)?'`
  if (!new RegExp(String.raw`Operator '\+=?' cannot be applied to types ${bytes} and ${bytes}`).test(message))
    return undefined
  const sum = ts.findAncestor(token, ts.isBinaryExpression)
  const parts = sum ? `${sum.left.getText()}, ${sum.right.getText()}` : ''
  return `Bytes are joined by \`Buffer.concat([${parts === '' || parts.length > 60 ? '…' : parts}])\`.`
}

/** `const n = struct.unpack("!I", header)`, used as a number: given, computed with or compared. */
export const listOfOne: Rule = ({ message, token }) => {
  const isGiven = /'\[(number|bigint|Buffer)\]' is not assignable to (?:parameter of )?type '\1'/.test(message)
  const isLeft = /types '\[(number|bigint)\]' and '\1/.test(message)
  const isRight = /types '(number|bigint)' and '\[\1\]'/.test(message)
  if (!isGiven && !isLeft && !isRight) return undefined
  const { left, right } = ts.findAncestor(token, ts.isBinaryExpression) ?? {}
  const list = isLeft ? left : isRight ? right : ts.isPropertyAccessExpression(token.parent) ? undefined : token
  const name = list && ts.isIdentifier(list) ? list.text : 'value'
  return `This is a list, though of one: \`const [${name}] = …\` takes it out.`
}

/** `"b" in text`: in JavaScript `in` asks an object for a key. */
export const inText: Rule = ({ token }) => {
  const asked = ts.findAncestor(token, ts.isBinaryExpression)
  if (asked?.operatorToken.kind !== ts.SyntaxKind.InKeyword) return undefined
  return `\`in\` asks an object for a key. Here: \`${asked.right.getText()}.includes(${asked.left.getText()})\`.`
}

/** `const ports = {}`, and then `ports[name]`. */
export const dictWithoutType: Rule = ({ message }) =>
  /can't be used to index type '\{/.test(message)
    ? 'A dict whose keys are not known beforehand gets its type: `const ports: Record<string, number> = { … }`; or take a `Map`.'
    : undefined

/** `names[conn] = "Ann"`, `names[address]`: what keys a dict of Python has, and no object. */
export const keyOfAnObject: Rule = ({ message, token }) => {
  const type = /^Type '(\[|[A-Z]\w+|socket\b)/.exec(message)?.[1]
  const access = ts.findAncestor(token, ts.isElementAccessExpression)
  if (!type || !access) return undefined
  const [object, key] = [access.expression.getText(), access.argumentExpression.getText()]
  return type === '[' || /Address$|^Buffer$|^Uint8Array$/.test(type)
    ? `Make text of it, \`${object}[String(${key})]\`; in a \`Map\`, \`${object}.set(String(${key}), …)\`.`
    : `Keys of an object are text. A \`Map\` takes any: \`const ${object} = new Map()\`, then \`${object}.set(${key}, …)\` and \`${object}.get(${key})\`.`
}

/** `const data, address = await …` */
export const namesInDeclaration: Rule = ({ line }) => {
  const [, keyword, names] = /^\s*(const|let|using)\s+(\w+(?:\s*,\s*\w+)+)\s*=/.exec(line) ?? []
  return names
    ? `Several names at once stand in square brackets: \`${keyword} [${names.replace(/\s*,\s*/g, ', ')}] = …\`.`
    : 'A `const` gets its value at once; what gets it later is declared with `let`.'
}

/** `!error instanceof OSError` */
export const notInstance: Rule = ({ line }) => {
  const [, name, kind] = /!\s*(\w+)\s+instanceof\s+([\w.]+)/.exec(line) ?? []
  return name && `\`!\` belongs to all of it: \`!(${name} instanceof ${kind})\`.`
}

/** A name that was declared within braces, and is used behind them. */
export const endedWithItsBlock: Rule = ({ token }) => {
  if (!ts.isIdentifier(token)) return undefined
  let ended = false
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === token.text) {
      const block = ts.findAncestor(node, (at) => ts.isBlock(at) || ts.isForOfStatement(at) || ts.isForStatement(at))
      const isOfAFunction = block?.parent && ts.isFunctionLike(block.parent)
      if (block && !isOfAFunction && block.end <= token.pos) ended = true
    }
    ts.forEachChild(node, visit)
  }
  visit(token.getSourceFile())
  return ended
    ? `\`${token.text}\` lives only within the braces that it is declared in: declare it before them, with \`let ${token.text}\`.`
    : undefined
}

/** A function that is to give a value, and ends without one on some way through it. */
export const everyWayReturns: Rule = () =>
  'It is to give a value: each way through the function ends in `return …` or `throw …`, the last line too.'

/** `function Point(x) { this.x = x }` and `new Point(1)`, as JavaScript had it before classes. */
export const constructorFunction: Rule = ({ token }) => {
  const made = callAround(token)?.expression
  return made && ts.isIdentifier(made) && /^\p{Lu}/u.test(made.text)
    ? `What \`new\` makes is declared as a class: \`class ${made.text} { constructor(…) { … } }\`.`
    : undefined
}

/** `{ a: 1, b: 2 }` as a cell, or at its end: as a console shows it. */
export const objectAsBlock: Rule = ({ token, start }) => {
  const file = token.getSourceFile()
  const block = file.statements.findLast((statement) => ts.isBlock(statement) && statement.getStart() < start)
  if (!block) return undefined
  // tslab's converter appends `export {…}` to a cell.
  const text = `(${file.text.slice(block.getStart()).replace(/\nexport \{.*\}\s*$/, '')}\n)`
  const read = ts.createSourceFile('object.ts', text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS)
  return (read as unknown as BoundFile).parseDiagnostics.length === 0 && read.statements.length === 1
    ? 'A statement that begins with `{` is a block; an object as a value stands in round brackets: `({ … })`.'
    : undefined
}

/** `constructor(self, port: number)` */
export const ownSelf: Rule = ({ token }) =>
  token.getText() === 'self' && ts.findAncestor(token, ts.isClassLike)
    ? "`self` is Python's: a method has `this`, without naming it. Leave the parameter out."
    : undefined

/** `for (const conn in conns) conn.close()` */
export const placesOfList: Rule = ({ message, token }) => {
  const owner = ts.isPropertyAccessExpression(token.parent) ? token.parent.expression : undefined
  if (!owner || !/on type 'string'/.test(message)) return undefined
  const loop = ts.findAncestor(
    token,
    (node): node is ts.ForInStatement =>
      ts.isForInStatement(node) && node.initializer.getText().split(/\s+/).at(-1) === owner.getText(),
  )
  return (
    loop &&
    `\`in\` gives the places, as text; \`of\` gives what is there: \`for (${loop.initializer.getText()} of ${loop.expression.getText()})\`.`
  )
}

/** `function size(data: Buffer) -> int {` */
export const givenType: Rule = ({ line }) =>
  /\)\s*->/.test(line)
    ? 'The type of what a function gives stands behind a colon: `function size(data: Buffer): number { … }`.'
    : undefined

/** `with (lock) { … }`, which JavaScript once had, for something else. */
export const withStatement: Rule = ({ token }) => {
  const statement = ts.findAncestor(token, ts.isWithStatement)
  const value = statement?.expression.getText() ?? ''
  if (value === '' || value.length > 60) return undefined
  const held = /lock|mutex|condition|semaphore/i.test(value) ? `await ${value}.hold()` : value
  return `Python's \`with\` is \`using\`, inside the braces: \`{ using held = ${held}; … }\`.`
}
