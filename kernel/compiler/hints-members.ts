/**
 * What is said where a name is not where it was looked for: a module's without the module, a socket's at the module, a
 * field that no class declares. Knows the message and the code at the place; asks for no types.
 */
import { isBuiltin } from 'node:module'
import ts from 'typescript'
import { callAround, calledName, givenValue, type Rule, word } from './hints-places.ts'

const OF_MODULES: Record<string, string> = {
  socket:
    'htons htonl ntohs ntohl gethostname gethostbyname gethostbyaddr getaddrinfo getnameinfo getservbyname inet_aton inet_ntoa inet_pton inet_ntop socketpair createConnection createServer',
  struct: 'pack unpack packInto unpackFrom calcsize',
  threading: 'Thread Lock RLock Condition Semaphore BoundedSemaphore Barrier Timer currentThread activeCount',
  queue: 'Queue LifoQueue PriorityQueue SimpleQueue',
  selectors: 'DefaultSelector EVENT_READ EVENT_WRITE',
  socketserver: 'TCPServer UDPServer ThreadingTCPServer ThreadingUDPServer BaseRequestHandler StreamRequestHandler',
}
const CONSTANT = /^(?:AF|SOCK|SOL|SO|IPPROTO|TCP|SHUT|MSG|INADDR)_[A-Z0-9_]+$/

/** `htons(5000)`, `new Thread(…)`: names that C and `from socket import *` have bare. */
export function behindADot(name: string): string | undefined {
  if (CONSTANT.test(name)) return `It stands behind a dot: \`socket.${name}\`.`
  for (const [module, names] of Object.entries(OF_MODULES))
    if (names.split(' ').includes(name)) return `It stands behind a dot: \`${module}.${name}\`.`
  return undefined
}

/** Is it a name that a module has, `AF_INET` of `socket`? */
export const isOfModule = (module: string, name: string): boolean =>
  module === name ||
  (module === 'socket' && (CONSTANT.test(name) || /^(?:Socket|\w*(?:Error|error))$/.test(name))) ||
  (OF_MODULES[module]?.split(' ').includes(name) ?? false)

const OF_A_SOCKET =
  /^(?:bind|listen|accept|connect|connectEx|recv|recvfrom|recvInto|send|sendall|sendto|close|shutdown|settimeout|setblocking|setsockopt|getsockopt|getsockname|getpeername|fileno|connections|chunks|makefile)$/

/** `recv(1024)`, as C has it, and Node's modules by their names alone. */
export function askedOfNobody(name: string, token: ts.Node, isCalled: boolean): string | undefined {
  if (isCalled && OF_A_SOCKET.test(name)) return `\`${name}\` is asked of a socket: \`sock.${name}(…)\`.`
  if (!/^(?:net|dgram|http|https|fs|path|tls|dns|util|events|child_process|assert)$/.test(name))
    return ofANodeModule(token)
  return nodeModule(name)
}

const nodeModule = (name: string): string => {
  const ours = /^(?:net|dgram)$/.test(name) ? '; the sockets of these lessons are `socket`' : ''
  // It is called itself, which only a default can be.
  const taken = name === 'assert' ? name : `* as ${name}`
  return `\`${name}\` is a module of Node: \`import ${taken} from "node:${name}"\`${ours}.`
}

/** `zlib.gzipSync(…)`, `url.parse(…)`: Node's prompt and IJavascript have all modules by their names. Only what is in one. */
export function ofANodeModule(token: ts.Node): string | undefined {
  const { parent } = token
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== token) return undefined
  const name = token.getText()
  const module: unknown = isBuiltin(name) ? process.getBuiltinModule(name) : undefined
  return module && Object.hasOwn(module, parent.name.text) ? nodeModule(name) : undefined
}

/** `crypto.createHash(…)`: without an import it is the one that web pages have too. */
export const ofNodeCrypto: Rule = ({ token, message }) => {
  const { parent } = token
  if (!message.endsWith("does not exist on type 'Crypto'.") || !ts.isPropertyAccessExpression(parent)) return undefined
  return ofANodeModule(parent.expression) && '`crypto` is the web\'s; Node\'s: `import * as crypto from "node:crypto"`.'
}

/** `catch (error: TimeoutError)` */
export const caughtType: Rule = ({ token }) => {
  const type = ts.findAncestor(token, ts.isVariableDeclaration)?.type ?? token
  return `\`catch\` takes every error: ask for its class within, \`catch (error) { if (!(error instanceof ${type.getText()})) throw error; … }\`.`
}

/** `socket.bind(…)` */
export const askedOfTheModule: Rule = ({ message }) => {
  const name = /^Property '(\w+)' does not exist on type 'typeof socket'/.exec(message)?.[1] ?? ''
  return OF_A_SOCKET.test(name)
    ? `\`socket\` is the module. A socket is made first, \`const sock = socket.socket()\`, and asked: \`sock.${name}(…)\`.`
    : undefined
}

/** `this.port = port`, as Python and JavaScript make fields; `String.prototype.shout = …`, what all of a kind get. */
export const undeclaredField: Rule = ({ message, token }) => {
  const { parent } = token
  if (!ts.isPropertyAccessExpression(parent)) return undefined
  const given = ts.isBinaryExpression(parent.parent) && parent.parent.left === parent ? parent.parent.right : undefined
  if (!given) return undefined
  const kind = /^(Array|Buffer|Date|Function|Map|Number|Promise|Set|String)\.prototype$/.exec(
    parent.expression.getText(),
  )?.[1]
  const of = { Array: '<T>', Map: '<K, V>', Promise: '<T>', Set: '<T>' }[kind ?? ''] ?? ''
  if (kind)
    return `What is new there is told first: \`declare global { interface ${kind}${of} { ${token.getText()}(): … } }\`.`
  if (parent.expression.kind === ts.SyntaxKind.ThisKeyword && ts.findAncestor(parent, ts.isClassLike))
    return `What an object holds is declared at the head of its class, with its type: \`${token.getText()}: ${typeOf(given)}\`.`
  const object = parent.expression.getText()
  return /on type '\{/.test(message) && /^\w{1,30}$/.test(object)
    ? `An object has what it was declared with. Say what it may hold: \`const ${object}: { ${token.getText()}?: ${typeOf(given)}, … } = …\`; for any names it is \`Record<string, ${typeOf(given)}>\`.`
    : undefined
}

/** The type of a value, where it can be seen. */
function typeOf(value: ts.Expression): string {
  if (ts.isNumericLiteral(value)) return 'number'
  if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) return 'string'
  if (ts.isNewExpression(value)) return value.expression.getText()
  if (ts.isCallExpression(value) && /^socket\.(?:socket|createServer)$/.test(value.expression.getText()))
    return 'socket.Socket'
  const isIt = (one: ts.ParameterDeclaration) => one.name.getText() === value.getText()
  return ts.findAncestor(value, ts.isFunctionLike)?.parameters.find(isIt)?.type?.getText() ?? '…'
}

/** `text.length()` */
export const lengthCalled: Rule = ({ message, token }) =>
  /Type 'Number' has no call/.test(message) && /^(?:length|byteLength|size)$/.test(token.getText())
    ? `\`${token.getText()}\` is a property: write it without \`()\`.`
    : undefined

/** `const [conn] = await server.accept` */
export const namedOnly: Rule = ({ message }) =>
  /^Type '\([^']*\) => Promise</.test(message) ? 'This only names the function: call it, with `()`.' : undefined

/** Calls of sockets with too many or too few values. */
export const countedArguments: Rule = ({ token }) => {
  if (callAround(token)?.expression.getText() === 'socket.Socket')
    return 'A socket is made by a plain call: `socket.socket()`.'
  const name = calledName(token)
  if (name === 'listen')
    return 'Where to listen is said before, by `bind([host, port])`; `listen()` takes nothing, or how many callers may wait.'
  return /^recv(?:from)?$/.test(name)
    ? `How many bytes may come at most stands in the brackets: \`${name}(1024)\`.`
    : undefined
}

/** `kind: socket.AF_INET` */
export const constantAsType: Rule = ({ line, message }) => {
  const name = /\b((?:AF|SOCK|IPPROTO)_\w+)/.exec(line)?.[1]
  if (!name || !/exported member|refers to a value/.test(message)) return undefined
  const kind = name.startsWith('AF_') ? 'AddressFamily' : name.startsWith('SOCK_') ? 'SocketKind' : undefined
  return `\`${name}\` is a value, not a type. A socket's type is \`socket.Socket\`${kind ? `, that of \`${name}\` is \`socket.${kind}\`` : ''}.`
}

/** `accept` and `recvfrom` give two things. */
export const pairTaken: Rule = ({ message, token }) => {
  const [, first, second] = /type '\[(\w+): .*?, (\w+): /.exec(message.split('\n')[0] ?? '') ?? []
  const { parent } = token
  const owner = ts.isPropertyAccessExpression(parent) ? parent.expression : token
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent) && first && second)
    return `The two have no names, only an order: take them apart with square brackets, \`const [${first}, ${second}] = await …\`.`
  const name = word(owner)
  if (!name || !first || !second || !/on type '\[|^Argument of type '\[/.test(message)) return undefined
  return `\`${name}\` holds two things: take them apart where it is declared, \`const [${first}, ${second}] = await …\`.`
}

/** `socket.socket("udp4")`, `socket.socket({ family: "AF_INET" })` */
export const kindInQuotes: Rule = ({ token }) => {
  const call = callAround(token)
  if (call?.expression.getText() !== 'socket.socket') return undefined
  const given = call.arguments?.map((one) => one.getText()).join() ?? ''
  if (!/["'`]/.test(given)) return undefined
  const family = /6/.test(given) ? 'AF_INET6' : /unix/i.test(given) ? 'AF_UNIX' : 'AF_INET'
  const kind = /udp|dgram|datagram/i.test(given) ? 'SOCK_DGRAM' : 'SOCK_STREAM'
  return `Family and kind are constants, not text: \`socket.socket(socket.${family}, socket.${kind})\`.`
}

/** `setsockopt("SOL_SOCKET", "SO_REUSEADDR", 1)` */
export const constantInQuotes: Rule = (mistake) => {
  const value = givenValue(mistake)
  if (!ts.isStringLiteralLike(value)) return undefined
  const [, name] =
    /^(?:socket\.)?((?:AF|SOCK|SOL|SO|TCP|UDP|IP|IPV6|IPPROTO|MSG|SHUT|AI|NI|INADDR)_[A-Z0-9_]+)$/.exec(value.text) ??
    []
  return name && `A constant stands without quotes, behind its module: \`socket.${name}\`.`
}

/** `createServer(address, socket.AF_INET6)`: Python's further arguments have names. */
export const optionByPosition: Rule = ({ token }) => {
  const call = callAround(token)
  const [, second] = call?.arguments ?? []
  if (call?.expression.getText() !== 'socket.createServer' || !second || ts.isObjectLiteralExpression(second))
    return undefined
  const text = second.getText().slice(0, 40)
  return `What comes after the address has a name: \`createServer(address, { ${/AF_/.test(text) ? 'family' : 'backlog'}: ${text} })\`.`
}

/** `server.accept().then((conn, address) => …)` */
export const pairByThen: Rule = ({ message, token }) => {
  const [, first, second] = /type '\(value: \[(\w+): .*?, (\w+): /.exec(message.split('\n')[0] ?? '') ?? []
  const call = callAround(token)
  if (!first || !second || !call || !/too few arguments/.test(message)) return undefined
  const given =
    call.arguments?.flatMap((one) =>
      ts.isFunctionLike(one) ? one.parameters.map(({ name }) => name.getText()) : [],
    ) ?? []
  const names = given.length === 2 ? given.join(', ') : `${first}, ${second}`
  const asked = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression.getText() : ''
  const value = asked === '' || asked.length > 40 ? '…' : asked
  return `One thing comes, and it holds the two: \`const [${names}] = await ${value}\`, or with \`.then\` in square brackets, \`([${names}]) => …\`.`
}

/** `sock.timeout(5)`, where `timeout` is what `settimeout` has set. */
export const settingCalled: Rule = ({ token }) => {
  const call = callAround(token)
  if (!call || !ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'timeout')
    return undefined
  const given = call.arguments?.map((one) => one.getText()).join(', ') ?? ''
  const sock = call.expression.expression.getText()
  return `\`timeout\` only shows what is set; \`${sock}.settimeout(${given || 'seconds'})\` sets it.`
}
