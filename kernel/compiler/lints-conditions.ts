/**
 * Conditions that are the same whatever happens: a method that is named and not called, an Event or a queue itself where
 * its state is meant, an error compared with its class. Looks at one condition; knows no other lint.
 */
import ts from 'typescript'
import { isUnsure } from './lints-unsure.ts'
import { language } from './strictness.ts'

const METHOD = ts.SymbolFlags.Method | ts.SymbolFlags.Function

const EMPTY = ['empty', 'nothing is in it'] as const
/** What says what is meant, by class. */
const SAYS: Record<string, readonly [method: string, whether: string]> = {
  Event: ['isSet', 'it is set'],
  Queue: EMPTY,
  LifoQueue: EMPTY,
  PriorityQueue: EMPTY,
  SimpleQueue: EMPTY,
}

/**
 * What is wrong with `while (!stop.isSet)` or `if (jobs)`.
 *
 * @param isOurs was it declared by the library?
 */
export function constantCondition(
  node: ts.Expression,
  checker: ts.TypeChecker,
  isOurs: (declaration: ts.Node | undefined) => boolean,
): string | undefined {
  if (ts.isPropertyAccessExpression(node) && !isAskedByTypeScript(node)) {
    const symbol = checker.getSymbolAtLocation(node)
    if (symbol && symbol.flags & METHOD && isOurs(symbol.declarations?.[0]))
      return `\`${node.getText()}\` only names the function, which is always true: call it, \`${node.getText()}()\`.`
  }
  const compared =
    ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind) && comparedToClass(node, checker)
  if (compared) return compared
  // In JavaScript the type is a guess, which the next assignment may belie.
  if (language.javascript) return undefined
  const { symbol } = checker.getTypeAtLocation(node)
  const says = symbol && Object.hasOwn(SAYS, symbol.name) ? SAYS[symbol.name] : undefined
  if (!says || !isOurs(symbol.declarations?.[0]) || isUnsure(node, checker)) return undefined
  const value = ts.isLeftHandSideExpression(node) ? node.getText() : `(${node.getText()})`
  return `This is always true: \`${value}.${says[0]}()\` says whether ${says[1]}.`
}

/** TS2774: where an `if` or `?:` has the method itself, and does not call it in what follows. */
const isAskedByTypeScript = ({ parent }: ts.Node): boolean =>
  ts.isParenthesizedExpression(parent)
    ? isAskedByTypeScript(parent)
    : ts.isIfStatement(parent) || ts.isConditionalExpression(parent)

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
])

/** `catch (error) { if (error === TimeoutError) … }` */
function comparedToClass({ left, right }: ts.BinaryExpression, checker: ts.TypeChecker): string | undefined {
  for (const [caught, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const declaration = ts.isIdentifier(caught) ? checker.getSymbolAtLocation(caught)?.valueDeclaration : undefined
    if (!declaration || !ts.isCatchClause(declaration.parent)) continue
    if (checker.getTypeAtLocation(other).getConstructSignatures().length > 0)
      return `An error is never its class: \`${caught.getText()} instanceof ${other.getText()}\` asks whether it is one of these.`
  }
  return undefined
}
