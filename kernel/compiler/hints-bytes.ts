/** What is said of bytes: text in their place, they in the place of text or of other bytes. Knows the message and the code at the place; asks for no types. */
import ts from 'typescript'
import { askedOf, callAround, calledName, inShort, isAssignment, type Rule, wholeValue, word } from './hints-places.ts'

/** What stands between a text's quotes, as it is written between backquotes. */
function inBackquotes(text: ts.StringLiteralLike): string {
  const source = text.getText().slice(1, -1)
  if (source.length > 60 || /[\r\n]/.test(source)) return '…'
  if (ts.isNoSubstitutionTemplateLiteral(text)) return source
  return source.replace(/\\(.)|`|\$\{/g, (found, escaped) =>
    escaped === undefined ? `\\${found}` : /["']/.test(escaped) ? escaped : found,
  )
}

/** `struct.pack(…)` */
export const isPacked = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) && node.expression.getText() === 'struct.pack'

/** A name that this cell has given such bytes. */
function isNamedPacked(node: ts.Expression): boolean {
  const name = word(node)
  const gives = (at: ts.Node): boolean =>
    (ts.isVariableDeclaration(at) && word(at.name) === name && !!at.initializer && isPacked(at.initializer)) ||
    (isAssignment(at) && word(at.left) === name && isPacked(at.right)) ||
    (ts.forEachChild(at, gives) ?? false)
  return name !== undefined && gives(node.getSourceFile())
}

/** What is said of `header + text` and `text + header`. */
export function bytesInSum(bytes: ts.Node, text: ts.Node): string {
  const packed = inShort(bytes, 'header', 60)
  const made = `Buffer.from(${inShort(text, 'text', 60)})`
  const parts = bytes.pos < text.pos ? `${packed}, ${made}` : `${made}, ${packed}`
  return `\`+\` makes text of the bytes, and spoils them: \`Buffer.concat([${parts}])\`.`
}

export const textForBytes: Rule = (mistake) => {
  if (!/'string' is not assignable to (?:parameter of )?type '.*(?:Uint8Array|Buffer)'/.test(mistake.message))
    return undefined
  const value = wholeValue(mistake)
  if (ts.isBinaryExpression(value)) {
    const { left, right } = value
    if (isPacked(left) || isNamedPacked(left)) return bytesInSum(left, right)
    if (isPacked(right) || isNamedPacked(right)) return bytesInSum(right, left)
  }
  // Only ASCII stands for itself in bytes`…`.
  const given =
    ts.isStringLiteralLike(value) && !/[^\0-\x7f]/.test(value.text)
      ? `bytes\`${inBackquotes(value)}\`, or Buffer.from(text) for any text`
      : `Buffer.from(${ts.isExpression(value) ? inShort(value, 'text', 60) : 'text'})`
  return `A socket carries bytes, not text: write ${given}.`
}

/** A list or an object where bytes belong: `sendall([1, 2])`, `sendall({ name: "Ann" })`. */
export const valueForBytes: Rule = (mistake) => {
  const found = /^Argument of type '(\{|.*\[\]').* type 'Uint8Array'|^Object literal.* in type 'Uint8Array'/.exec(
    mistake.message,
  )
  if (!found) return undefined
  const value = found[1] ? wholeValue(mistake) : ts.findAncestor(mistake.token, ts.isObjectLiteralExpression)
  const text = inShort(value ?? mistake.token, 'value', 60)
  return /^Argument of type 'number\[/.test(mistake.message)
    ? `A socket carries bytes: write Buffer.from(${text}), a byte for each number.`
    : `A socket carries bytes: write Buffer.from(JSON.stringify(${text})); JSON.parse makes a value of the text again.`
}

/** `sendall(new Uint16Array([1, 2]))`, `unpack("!I", view)`: memory of another kind. */
export const otherMemory: Rule = (mistake) => {
  const kind =
    /Argument of type '((?:Shared)?ArrayBuffer|DataView|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array)\b[^']*' is not .*Uint8Array/.exec(
      mistake.message,
    )?.[1]
  if (!kind) return undefined
  const value = wholeValue(mistake)
  const name = ts.isIdentifier(value) ? value.text : kind.endsWith('ArrayBuffer') ? 'memory' : 'view'
  return kind.endsWith('ArrayBuffer')
    ? `The same memory as bytes is \`new Uint8Array(${name})\`.`
    : `The same memory as bytes is \`new Uint8Array(${name}.buffer, ${name}.byteOffset, ${name}.byteLength)\`; in which order the bytes of numbers stand is chosen with struct.pack.`
}

/** `recv(buffer)`, `recvInto(1024)`: the one makes bytes, the other fills them. */
export const sizeOrBytes: Rule = ({ message, token }) => {
  const name = calledName(token)
  const [given] = callAround(token)?.arguments ?? []
  const text = given ? inShort(given, 'buffer', 30) : 'buffer'
  if (
    /^recv(?:from)?$/.test(name) &&
    /'(?:Buffer|Uint8Array)\b[^']*' is not assignable to parameter of type 'number'/.test(message)
  )
    return `\`${name}\` makes new bytes and takes how many may come: \`${name}(1024)\`. What there is already is filled by \`${name}Into(${text})\`.`
  return /^recv(?:from)?Into$/.test(name) &&
    /'number' is not assignable to parameter of type '.*Uint8Array/.test(message)
    ? `\`${name}\` fills bytes that are there: \`${name}(Buffer.alloc(${text}))\`. New ones are made by \`${name.replace('Into', '')}(${text})\`.`
    : undefined
}

/** `Buffer.concat(header, body)` */
export const joinedInList: Rule = ({ token }) => {
  const call = callAround(token)
  if (call?.expression.getText() !== 'Buffer.concat' || ts.isArrayLiteralExpression(call.arguments?.[0] ?? call))
    return undefined
  const parts = call.arguments?.map((part) => inShort(part, '…', 30)).join(', ') ?? '…'
  return `What is to be joined stands in one list: \`Buffer.concat([${parts}])\`.`
}

/** `Buffer.from(5)`: Python's `bytes(5)` or `bytes([5])`. */
export const bytesOfNumber: Rule = (mistake) => {
  if (callAround(mistake.token)?.expression.getText() !== 'Buffer.from') return undefined
  if (!/^[^\n]*\n? *Argument of type '(?:number|\d+)'/.test(mistake.message)) return undefined
  const value = inShort(wholeValue(mistake), 'n', 30)
  return `Of a number, \`Buffer.from([${value}])\` makes one byte, \`Buffer.alloc(${value})\` as many zeros, \`struct.pack("!I", ${value})\` its bytes.`
}

/** `data[0] = "a"` */
export const textForOneByte: Rule = ({ message, token }) => {
  const given = ts.findAncestor(token, isAssignment)
  if (!given || !ts.isElementAccessExpression(given.left) || !/^Type '(?:string|"[^"]*")' is not/.test(message))
    return undefined
  return /'number'/.test(message) && ts.isStringLiteralLike(given.right) && [...given.right.text].length === 1
    ? `Where a number belongs a character is one by its code: \`${given.right.getText()}.charCodeAt(0)\`.`
    : undefined
}

/** `switch (data) { case "quit": … }` */
export const caseOfText: Rule = ({ message, token }) => {
  const asked = ts.findAncestor(token, ts.isSwitchStatement)?.expression
  if (!asked || !/'string' is not comparable to type 'Buffer'/.test(message)) return undefined
  const text = inShort(asked, 'data', 60)
  return `Bytes never equal text: \`switch (${ts.isAwaitExpression(asked) ? `(${text})` : text}.toString())\`.`
}

/** `data.length = 3` */
export const shorterBytes: Rule = ({ message, token }) => {
  const given = ts.findAncestor(token, isAssignment)
  const bytes = askedOf(token)
  if (!given || !bytes || !/'length' because it is a read-only/.test(message)) return undefined
  const size = inShort(given.right, 'size', 30)
  return `Bytes and text keep their length: \`${inShort(bytes, 'data', 40)}.subarray(0, ${size})\` gives the first bytes, \`slice(0, ${size})\` those of a text.`
}

/** `b"".join(chunks)` and `data.find(b"\\n")`, whose names bytes have here too, for something else. */
export const pythonOfBytes: Rule = (mistake) => {
  const name = calledName(mistake.token)
  const given = wholeValue(mistake)
  if (
    name === 'join' &&
    /'(?:Buffer|Uint8Array)[^']*\[\]' is not assignable to parameter of type 'string'/.test(mistake.message)
  )
    return `Bytes are joined by \`Buffer.concat(${inShort(given, 'chunks', 60)})\`.`
  const places: Record<string, string> = { find: 'indexOf', findIndex: 'indexOf', findLast: 'lastIndexOf' }
  const place = Object.hasOwn(places, name) ? places[name] : undefined
  return place && /^Argument of type '(?:Buffer|string|").* parameter of type '\(value: number/.test(mistake.message)
    ? `At which place the bytes stand is told by \`${place}(${inShort(given, '…', 60)})\`; -1 means nowhere.`
    : undefined
}

/** `sendmsg(data)` */
export const listOfBytes: Rule = (mistake) => {
  if (
    !/^Argument of type '(?:Buffer|Uint8Array)[^']*' .* type '(?:Iterable|readonly|List)\b.*Uint8Array/.test(
      mistake.message,
    )
  )
    return undefined
  const text = inShort(wholeValue(mistake), 'data', 60)
  return `\`${calledName(mistake.token)}\` takes a list of bytes, which it puts one behind the other: \`[${text}]\`.`
}

/** What a socket gives, where text belongs or where bytes are kept that began as `Buffer.alloc(0)`. */
export const bytesElsewhere: Rule = ({ message, token }) => {
  if (/'Buffer' is not assignable to type 'string'/.test(message))
    return 'These are bytes: `.toString()` makes text of them.'
  const [, kind] = /is not assignable to type '(Buffer|Uint8Array)<ArrayBuffer>'/.exec(message) ?? []
  const name = word(token)
  // Of `rest.last = …` it is not `rest` that was declared so.
  if (!kind || !name || !isAssignment(token.parent)) return undefined
  return `\`${name}\` began with bytes of a narrower type: say where it is declared which it takes, \`let ${name}: ${kind} = …\`.`
}

/** `JSON.parse(data)`, `greet(await sock.recv(1024))` */
export const bytesForText: Rule = (mistake) => {
  if (!/^Argument of type 'Buffer' is not assignable to parameter of type 'string'/.test(mistake.message))
    return undefined
  const value = wholeValue(mistake)
  const text = inShort(value, 'data', 60)
  const asked = ts.isExpression(value) && !ts.isLeftHandSideExpression(value) && text !== 'data' ? `(${text})` : text
  return `These are bytes: \`${asked}.toString()\` makes text of them.`
}

/** `data == ""` */
export const emptyText: Rule = (mistake) => {
  const both = ts.findAncestor(mistake.token, ts.isBinaryExpression)
  const isEmpty = (side: ts.Expression) => ts.isStringLiteralLike(side) && side.text === ''
  if (!both || !(isEmpty(both.left) || isEmpty(both.right))) return undefined
  if (!/'Buffer' and 'string'|'string' and 'Buffer'/.test(mistake.message)) return undefined
  const value = isEmpty(both.left) ? both.right : both.left
  const text = inShort(value, 'data', 60)
  const asked = ts.isAwaitExpression(value) ? `(${text})` : text
  return `Bytes never equal text; whether there are any says \`${asked}.length ${both.operatorToken.getText().startsWith('!') ? '>' : '==='} 0\`.`
}

/** `int.from_bytes(data, "big")`, `(5).to_bytes(2, "big")` */
export const numberOfBytes: Rule = ({ token }) => {
  const asked = ts.isPropertyAccessExpression(token.parent) ? token.parent.name.text : ''
  if (asked !== 'from_bytes' && asked !== 'to_bytes') return undefined
  const [first, second] = callAround(token.parent)?.arguments ?? []
  const order = /little/.test(second?.getText() ?? '') ? '<' : '!'
  if (asked === 'from_bytes')
    return `A number is read by \`const [n] = struct.unpack("${order}I", data)\`: \`I\` for 4 bytes, \`H\` for 2, \`B\` for one.`
  const letter = { 1: 'B', 2: 'H', 8: 'Q' }[first?.getText() ?? ''] ?? 'I'
  return `Bytes of a number are made by \`struct.pack("${order}${letter}", n)\`.`
}
