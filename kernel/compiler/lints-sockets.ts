/**
 * Arguments of `socket.socket` that are numbers all the same, and mean something else: a kind of socket where its family
 * stands, and the other way round. Looks at one call; knows no types and no other lint.
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
