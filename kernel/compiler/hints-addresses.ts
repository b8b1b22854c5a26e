/**
 * What is said of addresses: host and port, one thing in square brackets, in this order. Knows the message and the code
 * at the place; asks for no types.
 */
import ts from 'typescript'
import { askedOf, callAround, calledName, type Rule, word } from './hints-places.ts'

const ADDRESS = /type '(?:.*Address\b.*|.*\[host: string, port: number.*)'/

export const looseAddress: Rule = ({ message, token }) =>
  /'\(string \| number\)\[\]' is not assignable/.test(message) && ADDRESS.test(message)
    ? `TypeScript took the variable for a list of any length. Say what it is: \`const ${word(token) ?? 'ADDRESS'}: socket.InetAddress = …\``
    : undefined

/** Ours, and not a type of the learner's that is called so. */
const OF_OURS = /type '(?:[^']*\bInet6?Address\b|readonly \[host: string, port: number)/

export const addressIsAPair: Rule = ({ message }) =>
  (/type '(?:string|number)' is not assignable/i.test(message) && ADDRESS.test(message)) ||
  (/(?:type '(?:\[string\]|[({].*)' is not assignable|Object literal may only)/i.test(message) && OF_OURS.test(message))
    ? 'An address is host and port in square brackets: `["127.0.0.1", 5000]`.'
    : undefined

export const unixAddressIsAPath: Rule = ({ message, token }) => {
  if (!/is not assignable to parameter of type '[^']*\bUnixAddress/.test(message)) return undefined
  const call = calledName(token)
  const written = ADDRESSED.test(call) ? `${call}(${call === 'sendto' ? 'data, ' : ''}"chat.sock")` : '"chat.sock"'
  return `The address of an AF_UNIX socket is a path, one text: \`${written}\`. Host and port are for \`socket.AF_INET\`.`
}

const ADDRESSED = /^(bind|connect|connectEx|createConnection|createServer|sendto)$/

export const twoForOne: Rule = ({ token }) => {
  const name = calledName(token)
  if (!ADDRESSED.test(name) || name === 'sendto') return undefined
  return `The address is one thing, host and port in square brackets: \`${name}(["127.0.0.1", 5000])\`.`
}

export const portIsANumber: Rule = ({ message, token }) => {
  const { parent } = token
  if (!/'string' is not assignable to type 'number'/.test(message) || !ts.isArrayLiteralExpression(parent))
    return undefined
  if (parent.elements[1] !== token || !ADDRESSED.test(calledName(token))) return undefined
  if (ts.isStringLiteral(token) && /^\d+$/.test(token.text))
    return `A port is a number, without quotes: \`${token.text}\`.`
  return ts.isIdentifier(token) ? `A port is a number: \`Number(${token.text})\` makes one of a text.` : undefined
}

const ORDER = 'An address is `[host, port]`: first a text, then a number.'
export const addressInOrder: Rule = ({ token: { parent: list }, token }) => {
  if (!ts.isArrayLiteralExpression(list)) return undefined
  const type = ts.isVariableDeclaration(list.parent) ? (list.parent.type?.getText() ?? '') : ''
  return ADDRESSED.test(calledName(token)) || /^(socket\.)?(Inet6?)?Address$/.test(type) ? ORDER : undefined
}

const OF_ADDRESS =
  /type '(?:(?:readonly )?\[(?:host: )?(?:string|"[^"]*"), [^']*|[^']*Address\b[^']*)' is not assignable .*Uint8Array/

/** `sendto(["127.0.0.1", 5000], data)`, as Node's own `send` nearly has it. */
export const addressFirst: Rule = ({ message, token }) => {
  if (calledName(token) !== 'sendto') return undefined
  const [first] = callAround(token)?.arguments ?? []
  const isHere = first !== undefined && token.pos >= first.pos && token.end <= first.end
  const isWritten =
    isHere &&
    ts.isArrayLiteralExpression(first) &&
    first.elements.length === 2 &&
    !ts.isNumericLiteral(first.elements[0]!)
  const isNamed = OF_ADDRESS.test(message)
  return isWritten || isNamed
    ? 'What is sent comes first, whom it goes to second: `sendto(data, ["127.0.0.1", 5000])`.'
    : undefined
}

/** Where each overload has its own complaint, TypeScript points at the call's name. */
export const addressSwapped: Rule = ({ message, token }) =>
  ADDRESSED.test(calledName(token)) &&
  /'number' is not assignable to type 'string'/.test(message) &&
  /'string' is not assignable to type 'number'/.test(message)
    ? ORDER
    : undefined

/** `rows[0].family`, of what `getaddrinfo` gives. */
export const rowOfFive: Rule = ({ message, token }) => {
  if (!/on type 'AddrInfo<?/.test(message)) return undefined
  const row = askedOf(token)?.getText() ?? 'row'
  return `A row holds five things in order: \`const [family, type, proto, canonname, address] = ${row.length > 30 ? 'row' : row}\`.`
}

/** `const ip: string = await socket.getaddrinfo("localhost", 80)` */
export const rowsForText: Rule = ({ message }) =>
  /'AddrInfo<?.*\[\]' is not assignable to (?:parameter of )?type '(?:string|InetAddress|readonly \[host)/.test(message)
    ? 'It is a list of rows, each with an address in it: `const [[, , , , address]] = await …` takes out the first, and `address[0]` is its host.'
    : undefined
