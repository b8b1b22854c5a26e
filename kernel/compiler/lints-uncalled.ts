/**
 * Functions that are named where they should be called: alone in a line, behind `await`, by the arrow that a thread runs.
 * Looks at one place; knows no other lint.
 */
import ts from 'typescript'
import { language } from './strictness.ts'
import { isMethodOfSocket } from './surely-sockets.ts'

const METHOD = ts.SymbolFlags.Method | ts.SymbolFlags.Function

/**
 * The place, and what is wrong there.
 *
 * @param isOurs was it declared by the library?
 */
export function uncalled(
  node: ts.Node,
  checker: ts.TypeChecker,
  isOurs: (declaration: ts.Node | undefined) => boolean,
): [at: ts.Node, advice: string] | undefined {
  const named = namedAlone(node)
  if (!named) return undefined
  const text = named.getText()
  const says = `\`${text}\` only names the function: call it, \`${text}()\`.`
  if (isMethodOfSocket(named, checker)) return [named, says]
  const symbol = checker.getSymbolAtLocation(named)
  const isMethod = symbol !== undefined && (symbol.flags & METHOD) !== 0
  const isMethodOfOurs = ts.isPropertyAccessExpression(named) && isMethod && isOurs(symbol.declarations?.[0])
  // At the top of a cell it may be what is to be shown; in JavaScript the type of a variable is a guess.
  const isUnsure =
    language.javascript || (ts.isExpressionStatement(named.parent) && !ts.findAncestor(named, ts.isFunctionLike))
  const isCertain = isUnsure
    ? isMethodOfOurs
    : (isMethod || isFunctionVariable(symbol)) && isFunction(checker.getTypeAtLocation(named))
  if (!isCertain) return undefined
  return [named, says]
}

/** `sock.close` in a line of its own, `await sock.accept`, `target: () => serve` */
function namedAlone(node: ts.Node): ts.Identifier | ts.PropertyAccessExpression | undefined {
  const value =
    ts.isExpressionStatement(node) || ts.isAwaitExpression(node)
      ? node.expression
      : ts.isArrowFunction(node) && !ts.isBlock(node.body) && (isThreadTarget(node) || isWaitedForInList(node))
        ? node.body
        : undefined
  return value && (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value)) ? value : undefined
}

const isThreadTarget = (node: ts.Node): node is ts.ArrowFunction =>
  ts.isArrowFunction(node) && ts.isPropertyAssignment(node.parent) && node.parent.name.getText() === 'target'

/** `Promise.all(threads.map((t) => t.join))` */
const isWaitedForInList = ({ parent }: ts.ArrowFunction): boolean =>
  ts.isCallExpression(parent) &&
  ts.isCallExpression(parent.parent) &&
  /^Promise\.all(?:Settled)?$/.test(parent.parent.expression.getText())

/** `const serve = async () => …` */
const isFunctionVariable = (symbol: ts.Symbol | undefined): boolean => {
  const declaration = symbol?.valueDeclaration
  const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined
  return value !== undefined && ts.isFunctionLike(value)
}

/** A function, and nothing that can be waited for besides. */
const isFunction = (type: ts.Type): boolean =>
  !type.isUnion() && type.getCallSignatures().length > 0 && type.getProperty('then') === undefined
