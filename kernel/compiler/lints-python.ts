/**
 * Habits of Python that are TypeScript too, and quietly mean something else: `===` between bytes, `in` for a member,
 * `[-1]` for the last, a class behind `catch`, an error's class thrown, `not` in front of `instanceof`, a dict as a statement,
 * `+` between packed bytes and text, a selector's `data` by its name; and a module of ours that is asked of `require`.
 * Looks at one place and asks the checker about it; knows nothing of cells, and of no other lint.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import ts from 'typescript'
import { bytesInSum, isPacked } from './hints-bytes.ts'
import { isEquality } from './hints-places.ts'
import { isHere } from './python-words.ts'

/** The place and what to write there instead, if it is such a habit. */
export type Habit = [at: ts.Node, advice: string] | undefined

export function pythonHabit(node: ts.Node, checker: ts.TypeChecker): Habit {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    if (isEquality(node)) return comparedBytes(node, checker)
    if (kind === ts.SyntaxKind.InKeyword) return askedForMember(node, checker)
    if (kind === ts.SyntaxKind.PlusToken) return textBesideBytes(node, checker)
    return kind === ts.SyntaxKind.InstanceOfKeyword ? notBeforeInstance(node) : undefined
  }
  if (ts.isCallExpression(node)) return requiredOurs(node, checker) ?? namedData(node, checker)
  if (ts.isElementAccessExpression(node)) return countedFromTheEnd(node, checker)
  if (ts.isCatchClause(node)) return caughtClass(node)
  if (ts.isBlock(node)) return blockOfLabels(node)
  return ts.isThrowStatement(node) ? thrownClass(node, checker) : undefined
}

/** `{ port: 80 }` as a statement: a dict, thinks who writes it, and sees nothing. Only loops and blocks want labels. */
function blockOfLabels(node: ts.Block): Habit {
  const [first] = node.statements
  const labels = node.statements.every((one) => ts.isLabeledStatement(one) && ts.isExpressionStatement(one.statement))
  if (!first || !labels || !ts.isSourceFile(node.parent)) return undefined
  return [
    first,
    'A statement that begins with `{` is a block, and this a label in it; an object as a value stands in round brackets: `({ … })`.',
  ]
}

/** `struct.pack("!I", text.length) + text`, or the other way round: makes text of the bytes, and spoils those above 127. */
function textBesideBytes(node: ts.BinaryExpression, checker: ts.TypeChecker): Habit {
  const isBytes = (side: ts.Expression) => isPacked(side) && checker.getTypeAtLocation(side).symbol?.name === 'Buffer'
  const isText = (side: ts.Expression) => (checker.getTypeAtLocation(side).flags & ts.TypeFlags.StringLike) !== 0
  const { left, right } = node
  if (isBytes(left) && isText(right)) return [node, bytesInSum(left, right)]
  if (!isBytes(right) || !isText(left) || isPrinted(node)) return undefined
  return [node, bytesInSum(right, left)]
}

/** Whoever prints it sees what becomes of it. */
const isPrinted = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) && parent.expression.getText().startsWith('console.')

/** `sel.register(conn, events, { data })`, as Python names it: there the whole object would be the data. */
function namedData(node: ts.CallExpression, checker: ts.TypeChecker): Habit {
  const { expression: called, arguments: given } = node
  if (!ts.isPropertyAccessExpression(called) || !/^(?:register|modify)$/.test(called.name.text)) return undefined
  const [file, events, data] = given
  if (!file || !events || !data || !ts.isObjectLiteralExpression(data) || data.properties.length !== 1) return undefined
  const [only] = data.properties
  if (only?.name?.getText() !== 'data' || !nameOf(checker.getTypeAtLocation(called.expression))?.endsWith('Selector'))
    return undefined
  const value = ts.isPropertyAssignment(only) ? only.initializer.getText() : 'data'
  return [
    data,
    `An object in this place is the data itself: \`${called.getText()}(${file.getText()}, ${events.getText()}, ${value})\`.`,
  ]
}

/** `const socket = require("socket")`: it would fail, and leave a `socket` without a value in every later cell. */
function requiredOurs(node: ts.CallExpression, checker: ts.TypeChecker): Habit {
  const [asked] = node.arguments
  if (!ts.isIdentifier(node.expression) || node.expression.text !== 'require') return undefined
  if (!asked || !ts.isStringLiteralLike(asked) || !isHere(asked.text) || ts.findAncestor(node, ts.isTryStatement))
    return undefined
  // One of the learner's own, as `createRequire` makes it, looks elsewhere.
  const places = checker.getSymbolAtLocation(node.expression)?.declarations?.map((one) => one.getSourceFile())
  if (places?.every(({ isDeclarationFile }) => !isDeclarationFile)) return undefined
  try {
    // There are packages of these names.
    createRequire(join(process.cwd(), 'notebook.cjs')).resolve(asked.text)
    return undefined
  } catch {
    return [node, `\`${asked.text}\` is there without \`require\`: leave the line out.`]
  }
}

const nameOf = (type: ts.Type) => type.symbol?.name

/** Made at this place: nobody else can hold the same one. */
const isFresh = (node: ts.Expression): boolean =>
  ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node)
    ? isFresh(node.expression)
    : ts.isTaggedTemplateExpression(node) || ts.isCallExpression(node)

/** `` data === bytes`quit` `` */
function comparedBytes(node: ts.BinaryExpression, checker: ts.TypeChecker): Habit {
  const { left, right, operatorToken } = node
  const areBytes = [left, right].every((side) => nameOf(checker.getTypeAtLocation(side)) === 'Buffer')
  if (!areBytes || !(isFresh(left) || isFresh(right))) return undefined
  const isNot = operatorToken.getText().startsWith('!')
  const asked = ts.isAwaitExpression(left) ? `(${left.getText()})` : left.getText()
  return [
    node,
    `Two Buffers are never the same one, whatever bytes they hold: \`${isNot ? '!' : ''}${asked}.equals(${right.getText()})\`.`,
  ]
}

const BYTES = /^(?:Buffer|Uint8Array)$/

/** `name in names`, which asks a list or bytes for a place, and a Set for a method. */
function askedForMember(node: ts.BinaryExpression, checker: ts.TypeChecker): Habit {
  const { left, right } = node
  const type = checker.getTypeAtLocation(right)
  const has = /^(?:Readonly)?(?:Set|Map)$/.test(nameOf(type) ?? '')
  const isText = (checker.getTypeAtLocation(left).flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Any)) !== 0
  const isList = checker.isArrayType(type) || checker.isTupleType(type)
  // `"length" in data` is a question about the object.
  const isInBytes =
    BYTES.test(nameOf(type) ?? '') && ts.isStringLiteralLike(left) && !checker.getPropertyOfType(type, left.text)
  if (!has && !isInBytes && !(isList && isText)) return undefined
  const what = `${right.getText()}.${has ? 'has' : 'includes'}(${left.getText()})`
  return [node, `\`in\` asks an object for a property, not a collection for a member: \`${what}\`.`]
}

/** `parts[-1]`, which is never there. */
function countedFromTheEnd(node: ts.ElementAccessExpression, checker: ts.TypeChecker): Habit {
  const { expression, argumentExpression: at } = node
  const isNegative =
    ts.isPrefixUnaryExpression(at) && at.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(at.operand)
  if (!isNegative) return undefined
  const type = checker.getTypeAtLocation(expression)
  const isText = (type.flags & ts.TypeFlags.StringLike) !== 0
  if (!isText && !checker.isArrayType(type) && nameOf(type) !== 'Buffer') return undefined
  return [
    node,
    `Nothing stands at a place below 0: counted from the end it is \`${expression.getText()}.at(${at.getText()})\`.`,
  ]
}

/** `error !instanceof OSError`: the `!` says that `error` is not null. */
function notBeforeInstance({ left, right }: ts.BinaryExpression): Habit {
  if (!ts.isNonNullExpression(left) || !/\s!$/.test(left.getText())) return undefined
  return [
    left.parent,
    `This \`!\` does not mean "not": write \`!(${left.expression.getText()} instanceof ${right.getText()})\`.`,
  ]
}

/** `catch (TimeoutError)` */
function caughtClass({ variableDeclaration }: ts.CatchClause): Habit {
  const name = variableDeclaration?.name
  if (!name || !ts.isIdentifier(name) || !/^[A-Z]\w*Error$|^(?:KeyboardInterrupt|Exception)$/.test(name.text))
    return undefined
  return [
    name,
    `\`catch\` takes every error, and this is only a name for it: \`catch (error) { if (!(error instanceof ${name.text})) throw error; … }\`.`,
  ]
}

/** `throw TimeoutError` */
function thrownClass({ expression }: ts.ThrowStatement, checker: ts.TypeChecker): Habit {
  if (!ts.isIdentifier(expression) || !/^[A-Z]\w*Error$/.test(expression.text)) return undefined
  if (checker.getTypeAtLocation(expression).getConstructSignatures().length === 0) return undefined
  return [expression, `This throws the class, not an error: \`throw new ${expression.text}("…")\`.`]
}
