/**
 * `target: room.serve`, `setTimeout(counter.inc, 10)`: in Python a method that is handed over keeps its object, here its
 * `this` is gone when it is called. Looks at places and asks the checker about them; knows nothing of cells.
 */
import ts from 'typescript'
import { inShort } from './hints-places.ts'

/** The method's own `this`, not that of a function in it. */
function asksForThis(method: ts.MethodDeclaration): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword) return true
    const hasOwn = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isClassLike(node)
    return !hasOwn && (ts.forEachChild(node, visit) ?? false)
  }
  return method.body !== undefined && visit(method.body)
}

/** Who is given a function to look at does not call it. */
const ONLY_LOOKS = /^(?:console|assert|util|Object|Reflect|expect|display|String|Boolean|inspect|t)\b|[eE]qual$/

/** Handed to a call, as an argument or in an object of arguments, or kept under a name of its own. */
function isHandedOver(node: ts.PropertyAccessExpression): boolean {
  const { parent } = node
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node
  const inObject = ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent)
  const given: ts.Node = inObject ? parent.parent : node
  const call = given.parent
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return false
  const list: readonly ts.Expression[] = call.arguments ?? []
  if (!list.some((one) => one === given) || ONLY_LOOKS.test(call.expression.getText())) return false
  // `list.map(room.say, room)`, `Reflect.apply(room.say, room, [])`: whoever gives the object, too, knows.
  const object = node.expression.getText()
  return !list.some((one) => one.getText() === object)
}

export function unbound(node: ts.PropertyAccessExpression, checker: ts.TypeChecker): [ts.Node, string] | undefined {
  const object = node.expression
  if (object.kind === ts.SyntaxKind.SuperKeyword || object.getText().endsWith('.prototype')) return undefined
  if (!isHandedOver(node)) return undefined
  const method = checker.getSymbolAtLocation(node.name)?.valueDeclaration
  if (!method || !ts.isMethodDeclaration(method) || !asksForThis(method)) return undefined
  const names = method.parameters
    .filter(({ name }) => name.getText() !== 'this')
    .map(
      ({ name, dotDotDotToken }, at) =>
        (dotDotDotToken ? '...' : '') + (ts.isIdentifier(name) ? name.text : `value${at}`),
    )
    .join(', ')
  const text = inShort(node, '…', 40)
  return [
    node,
    `\`${text}\` leaves its object behind: in it \`this\` will be another. Write \`(${names}) => ${text}(${names})\`.`,
  ]
}
