/**
 * Decorators of the language, or TypeScript's older ones that notebooks written for tslab use: the cell tells by what
 * fits. The language's are tried first; once a cell needs the older ones, those are, for what both would take.
 */
import ts from 'typescript'

/** `experimentalDecorators` of the compiler options. */
export const decorators = { legacy: process.env.SOCKETLAB_COMPILER === 'plain' }

/** "Unable to resolve signature of … decorator", "Decorator function return type …", "Decorators are not valid here". */
const MISFITS = new Set([1206, 1219, 1238, 1239, 1240, 1241, 1270, 1271, 1278, 1279, 1329])

/** Does the code perhaps have decorators? */
export const mayDecorate = (code: string): boolean => /(?:^|[\s({])@[\w(]/.test(code)

/**
 * `import 'reflect-metadata'`: what asks for the types that only the older kind gives. Decorators such as `@injectable()`
 * fit both.
 */
export const wantsTypesOfParts = (code: string): boolean =>
  /\b(?:import|require)\s*\(?\s*(['"])(?:npm:)?reflect-metadata(?:@[\w.^~-]+)?\1/.test(code)

/** Does what was found speak of decorators of the other kind? */
export const isMisfit = (found: readonly ts.Diagnostic[]): boolean => found.some(({ code }) => MISFITS.has(code))

/** Does what it holds wait, outside of the functions in it? */
const waitsItself = (node: ts.Node): boolean =>
  ts.isAwaitExpression(node) ||
  (ts.forEachChild(node, (child) =>
    // A method's name is not in the method.
    ts.isFunctionLike(child)
      ? child.name !== undefined && ts.isComputedPropertyName(child.name) && waitsItself(child.name)
      : waitsItself(child),
  ) ??
    false)

/** `_run_decorators = [await find()]` */
const isAwaitedList = (node: ts.Node): boolean =>
  ts.isExpressionStatement(node) &&
  ts.isBinaryExpression(node.expression) &&
  ts.isArrayLiteralExpression(node.expression.right) &&
  waitsItself(node.expression.right)

/**
 * `@(await find()) class D {}`: TypeScript puts the class with its decorators into a function that is called at once, and
 * does not make it async; those of its members into a static block, where nothing can wait. Nobody else writes an `await`
 * there: it would be a mistake.
 */
export const awaitDecorated: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context

  /** A statement without the lists of its class's static blocks, which are to stand before it. */
  function apart(statement: ts.Statement): ts.Statement[] {
    const lists: ts.Statement[] = []
    const take = (node: ts.Node): ts.Node => {
      if (ts.isFunctionLike(node)) return node
      if (!ts.isClassStaticBlockDeclaration(node)) return ts.visitEachChild(node, take, context)
      const { statements } = node.body
      const rest = statements.filter((one) => !isAwaitedList(one))
      if (rest.length === statements.length) return node
      lists.push(...statements.filter(isAwaitedList))
      return factory.updateClassStaticBlockDeclaration(node, factory.updateBlock(node.body, rest))
    }
    const left = take(statement) as ts.Statement
    return [...lists, left]
  }

  /** `(() => { … })()` as `await (async () => { … })()`. */
  function awaited(call: ts.CallExpression): ts.Expression {
    const called = ts.isParenthesizedExpression(call.expression) ? call.expression.expression : call.expression
    if (!ts.isArrowFunction(called) || called.modifiers || !waitsItself(called.body)) return call
    const { typeParameters, parameters, type, equalsGreaterThanToken, body } = called
    const async = factory.createModifiersFromModifierFlags(ts.ModifierFlags.Async)
    const arrow = factory.updateArrowFunction(
      called,
      async,
      typeParameters,
      parameters,
      type,
      equalsGreaterThanToken,
      body,
    )
    const inside = factory.createParenthesizedExpression(arrow)
    return factory.createAwaitExpression(factory.updateCallExpression(call, inside, call.typeArguments, call.arguments))
  }

  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context)
    if (ts.isBlock(visited)) return factory.updateBlock(visited, visited.statements.flatMap(apart))
    return ts.isCallExpression(visited) ? awaited(visited) : visited
  }
  return (file) => ts.visitEachChild(file, visit, context)
}

/** `if (_metadata) Object.defineProperty(_classThis, Symbol.metadata, …)`: the class that is given them, if it is this. */
function givenMetadata({ expression, thenStatement }: ts.IfStatement): ts.Expression | undefined {
  if (!ts.isIdentifier(expression) || !/^_metadata/.test(expression.text)) return undefined
  const call = ts.isExpressionStatement(thenStatement) ? thenStatement.expression : undefined
  return call && ts.isCallExpression(call) ? call.arguments[0] : undefined
}

/**
 * `@sealed class Report {}`, as the handbook has it: TypeScript gives a class its metadata when its decorators have run, and
 * one that they have sealed takes no more. Node alone has no `Symbol.metadata`, so that nothing of this is seen there.
 */
export const metadataWhereTheyFit: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context)
    const given = ts.isIfStatement(visited) ? givenMetadata(visited) : undefined
    if (!given || !ts.isIfStatement(visited)) return visited
    const isExtensible = factory.createPropertyAccessExpression(factory.createIdentifier('Object'), 'isExtensible')
    const takesMore = factory.createCallExpression(isExtensible, undefined, [given])
    const both = factory.createLogicalAnd(visited.expression, takesMore)
    return factory.updateIfStatement(visited, both, visited.thenStatement, visited.elseStatement)
  }
  return (file) => ts.visitEachChild(file, visit, context)
}
