/**
 * Sockets that TypeScript calls `any`: what a selector's key holds (`key.fileobj`), what a server's handler was asked by
 * (`this.request`), what `accept` gives on them, and whatever is asked what only sockets are (`conn: any`, `new Map()`).
 * The lints ask here; knows none of them.
 */
import ts from 'typescript'
import { isAssignment } from './hints-places.ts'

/** Methods of a socket that give promises. */
const PROMISING = /^(?:accept|connect|recv(?:Into|from|fromInto|msg)?|send(?:all|to|msg|file)?)$/

/** What nothing but a socket is asked; `recv` with a number is. */
const OF_SOCKETS =
  /^(?:sendall|sendmsg|sendto|recvInto|recvfrom|recvfromInto|recvmsg|getpeername|getsockname|setsockopt|getsockopt|settimeout|setblocking|makefile)$/

/** Names for one another may go round in a circle. */
const DEEPEST = 8

/** `recv` where it is called on a socket that TypeScript knows nothing of. */
export function askedOfSocket(call: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const method = methodOf(call)
  if (!method || !PROMISING.test(method.name.text) || !isAny(method.expression, checker)) return undefined
  return isOfSockets(method) || isSurelySocket(method.expression, checker) ? method.name.text : undefined
}

/** Is it what `await sock.recv(…)` gave, or `[data, address]` of `recvfrom`? */
export function areSurelyBytes(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!isAny(node, checker)) return false
  const { given, place } = (ts.isIdentifier(node) && givenTo(node, checker)) || { given: node, place: undefined }
  const name = ts.isAwaitExpression(given) ? askedOfSocket(given.expression, checker) : undefined
  return place === undefined ? name === 'recv' : place === 0 && name === 'recvfrom'
}

/** `sock.close` of such a socket, which is not called there. */
export const isMethodOfSocket = (node: ts.Expression, checker: ts.TypeChecker): boolean =>
  ts.isPropertyAccessExpression(node) &&
  (PROMISING.test(node.name.text) || /^(?:close|detach|shutdown)$/.test(node.name.text)) &&
  isSurelySocket(node.expression, checker)

function isSurelySocket(node: ts.Expression, checker: ts.TypeChecker, depth = 0): boolean {
  if (depth > 0 && isSocket(node, checker)) return true
  if (depth > DEEPEST || !isAny(node, checker)) return false
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
    return isSurelySocket(node.expression, checker, depth + 1)
  if (ts.isElementAccessExpression(node)) return isRequest(node.expression) && node.argumentExpression.getText() === '1'
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'fileobj' ? isKey(node.expression, checker) : isRequest(node) || isAsked(node, checker)
  if (!ts.isIdentifier(node)) return false
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration
  if (declaration && ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
    const name = declaration.propertyName ?? declaration.name
    return ts.isIdentifier(name) && name.text === 'fileobj' && isKey(declaration.parent, checker)
  }
  if (isAsked(node, checker)) return true
  const { given, place } = givenTo(node, checker) ?? {}
  if (!given) return false
  if (place === undefined) return isSurelySocket(given, checker, depth + 1)
  // `const [data, sock] = this.request` of a datagram, `const [conn, address] = await server.accept()`
  if (place === 1) return isRequest(given)
  const method = place === 0 && ts.isAwaitExpression(given) ? methodOf(given.expression) : undefined
  return method?.name.text === 'accept' && isSurelySocket(method.expression, checker, depth + 1)
}

/** Is it a call that only a socket takes? */
const isOfSockets = ({ name: { text }, parent }: ts.PropertyAccessExpression): boolean =>
  OF_SOCKETS.test(text) ||
  (text === 'recv' &&
    ts.isCallExpression(parent) &&
    parent.arguments[0] !== undefined &&
    /^(?:[\d_]+|0x[\da-f]+|[A-Z\d_]+)$/.test(parent.arguments[0].getText()))

const isAsked = (node: ts.Expression, checker: ts.TypeChecker): boolean =>
  areAskedAsSockets(node.getSourceFile(), checker).has(checker.getSymbolAtLocation(node))

/** The names of a cell that are asked so, or given a socket, whatever their types. */
const asked = new WeakMap<ts.SourceFile, Set<ts.Symbol | undefined>>()

function areAskedAsSockets(file: ts.SourceFile, checker: ts.TypeChecker): Set<ts.Symbol | undefined> {
  const known = asked.get(file)
  if (known) return known
  const found = new Set<ts.Symbol | undefined>()
  const isGivenSocket = (node: ts.Node): node is ts.BinaryExpression =>
    isAssignment(node) && isSocket(node.right, checker)
  const visit = (node: ts.Node): void => {
    const method = methodOf(node)
    const named = method && isOfSockets(method) ? method.expression : isGivenSocket(node) ? node.left : undefined
    const symbol = named && checker.getSymbolAtLocation(named)
    if (symbol) found.add(symbol)
    ts.forEachChild(node, visit)
  }
  visit(file)
  asked.set(file, found)
  return found
}

const isAny = (node: ts.Node, checker: ts.TypeChecker): boolean =>
  (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0

const isSocket = (node: ts.Node, checker: ts.TypeChecker): boolean =>
  checker.getTypeAtLocation(node).symbol?.name === 'Socket'

const isKey = (node: ts.Node, checker: ts.TypeChecker): boolean =>
  checker.getTypeAtLocation(node).symbol?.name === 'SelectorKey'

/** `this.request` in a handler: a socket, or of datagrams a list with one. */
function isRequest(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'request') return false
  if (node.expression.kind !== ts.SyntaxKind.ThisKeyword) return false
  const heritage = ts.findAncestor(node, ts.isClassLike)?.heritageClauses
  return heritage?.some((one) => /RequestHandler\b/.test(one.getText())) ?? false
}

function methodOf(node: ts.Node): ts.PropertyAccessExpression | undefined {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression : undefined
}

/** What a variable was given where it is declared; `place`: it is one of what stands in that list. */
function givenTo(node: ts.Identifier, checker: ts.TypeChecker): { given: ts.Expression; place?: number } | undefined {
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration
  if (!declaration) return undefined
  if (ts.isVariableDeclaration(declaration)) return declaration.initializer && { given: declaration.initializer }
  if (!ts.isBindingElement(declaration) || !ts.isArrayBindingPattern(declaration.parent)) return undefined
  const { elements, parent: variable } = declaration.parent
  return ts.isVariableDeclaration(variable) && variable.initializer
    ? { given: variable.initializer, place: elements.indexOf(declaration) }
    : undefined
}
