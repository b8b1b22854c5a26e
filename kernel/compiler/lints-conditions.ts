/**
 * Conditions that are the same whatever happens: a method that is named and not called, and an Event or a queue itself
 * where its state is meant. Looks at one condition; knows no other lint.
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
