/**
 * Where a type promises more than the value keeps: what a list, a `Record` or JavaScript's own guess gives may be
 * `undefined`, so that `if (!data)` is a question and no slip.
 */
import ts from 'typescript'
import { isAssignment } from './hints-places.ts'
import { language } from './strictness.ts'

export function isUnsure(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isParenthesizedExpression(node)) return isUnsure(node.expression, checker)
  if (isAssignment(node) || isFallback(node)) return isUnsure(node.right, checker)
  if (ts.isElementAccessExpression(node)) return !isPlaceOfTuple(node, checker)
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration
  if (ts.isPropertyAccessExpression(node)) return language.javascript || !declaration || isPromised(declaration)
  if (!ts.isIdentifier(node) || !declaration) return false
  // In JavaScript the type is what a comment says, or a guess.
  if (ts.isParameter(declaration)) return language.javascript
  if (ts.isBindingElement(declaration)) return isUnsureElement(declaration, checker)
  if (isPromised(declaration)) return true
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return false
  return isUnsure(declaration.initializer, checker)
}

/** `rest!: Buffer`: nobody has asked whether it is there. */
const isPromised = (declaration: ts.Declaration): boolean =>
  (ts.isPropertyDeclaration(declaration) || ts.isVariableDeclaration(declaration)) &&
  declaration.exclamationToken !== undefined

/** `const [first] = list`, `const { name } = record` */
function isUnsureElement(element: ts.BindingElement, checker: ts.TypeChecker): boolean {
  if (element.initializer || element.dotDotDotToken) return false
  // The initializer's own type: a pattern's is a tuple, whatever it is given.
  const { initializer } = element.parent.parent
  if (!initializer) return false
  const type = checker.getTypeAtLocation(initializer)
  if (ts.isArrayBindingPattern(element.parent)) return checker.isArrayType(type)
  const name = element.propertyName ?? element.name
  return ts.isIdentifier(name) && !checker.getPropertyOfType(type, name.text)
}

/** `pair[0]` of `[Buffer, number]`, whose places are all there. */
function isPlaceOfTuple({ expression, argumentExpression }: ts.ElementAccessExpression, checker: ts.TypeChecker) {
  const type = checker.getTypeAtLocation(expression)
  return ts.isStringLiteralLike(argumentExpression)
    ? checker.getPropertyOfType(type, argumentExpression.text) !== undefined
    : checker.isTupleType(type) && ts.isNumericLiteral(argumentExpression)
}

const isFallback = (node: ts.Expression): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
