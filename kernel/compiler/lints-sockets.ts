/**
 * Arguments that TypeScript takes and that are a mistake: of `socket.socket` a kind of socket where its family stands, and
 * the other way round; functions for threads that say nothing of what they take; a lock that is taken for ever; and what is
 * asked of many sockets at once. Looks at one call; knows no other lint.
 */
import ts from 'typescript'

/** The place and what is wrong there. */
export function swappedArguments(node: ts.Node): [at: ts.Node, advice: string] | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const { name, expression } = node.expression
  if (expression.getText() !== 'socket' || (name.text !== 'socket' && name.text !== 'socketpair')) return undefined
  const [family, kind] = node.arguments
  if (family && isConstant(family, 'SOCK_'))
    return [family, `The family comes first: \`socket.${name.text}(socket.AF_INET, ${family.getText()})\`.`]
  if (kind && isConstant(kind, 'AF_'))
    return [kind, 'The second argument is the kind of socket: `socket.SOCK_STREAM` or `socket.SOCK_DGRAM`.']
  return undefined
}

const isConstant = (node: ts.Expression, prefix: string): boolean =>
  ts.isPropertyAccessExpression(node) && node.expression.getText() === 'socket' && node.name.text.startsWith(prefix)

/** The first parameter without a type, of a function that is written where a thread or timer is made: it would be any. */
export function untypedParameter(node: ts.Node, checker: ts.TypeChecker): ts.ParameterDeclaration | undefined {
  if (!ts.isNewExpression(node) || !/^(?:threading\.)?(?:Thread|Timer)$/.test(node.expression.getText()))
    return undefined
  const given = (node.arguments ?? []).flatMap((one) =>
    ts.isObjectLiteralExpression(one)
      ? one.properties.map((part) => (ts.isPropertyAssignment(part) ? part.initializer : part))
      : [one],
  )
  return given
    .filter((one) => ts.isFunctionLike(one))
    .flatMap(({ parameters }) => [...parameters])
    .find((one) => !one.type && !one.initializer && (checker.getTypeAtLocation(one).flags & ts.TypeFlags.Any) !== 0)
}

/**
 * `await lock.hold()` alone in a function, without a `lock.release()` in the cell: what would let go of the lock is thrown
 * away. At the top of a cell it may be meant: a later one lets go of it.
 */
export function heldForEver(node: ts.Expression): ts.CallExpression | undefined {
  if (!ts.findAncestor(node, ts.isFunctionLike)) return undefined
  if (!ts.isAwaitExpression(node) || !ts.isCallExpression(node.expression)) return undefined
  const { expression: call } = node
  if (!ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'hold') return undefined
  const lock = call.expression.expression.getText()
  return node.getSourceFile().text.includes(`${lock}.release(`) ? undefined : call
}

/** `clients.map((sock) => sock.sendall(data))` in a line of its own: the call that is made for each. */
export function madeForEach(node: ts.Expression): ts.CallExpression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const [given] = node.arguments
  if (!/^(?:map|forEach)$/.test(node.expression.name.text) || !given || !ts.isArrowFunction(given)) return undefined
  // An async one that is waited for within is told of by another.
  return ts.isCallExpression(given.body) ? given.body : undefined
}
