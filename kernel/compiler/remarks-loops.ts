/**
 * Loops around `recv` or `readline` that nothing leaves when the other side has closed: at the end of a connection an empty
 * Buffer comes at once, again and again. Looks at places and asks the checker about them; knows nothing of cells.
 */
import ts from 'typescript'
import { inShort } from './hints-places.ts'
import { askedOfSocket } from './surely-sockets.ts'

type Remark = [at: ts.Node, text: string] | undefined

/** `while (data.length < n) data = Buffer.concat([data, await sock.recv(n)])` */
export function endlessAtTheEnd(node: ts.Node, checker: ts.TypeChecker): Remark {
  if (!ts.isWhileStatement(node) && !ts.isDoStatement(node) && !(ts.isForStatement(node) && !node.incrementor))
    return undefined
  const condition = ts.isForStatement(node) ? node.condition : node.expression
  const asked = first(node.statement, (inner) => isReceiving(inner, checker)) as ts.AwaitExpression | undefined
  if (!asked || leaves(node.statement) || endsInSilence(node)) return undefined
  const given = nameFor(asked)
  if (condition && asksFor(condition, given?.text)) return undefined
  const uses = given ? all(node.statement, (inner) => ts.isIdentifier(inner) && inner.text === given.text) : [asked]
  if (!uses.every((use) => use === given || isOnlyKept(use))) return undefined
  const method = /\.(\w+)\(/.exec(asked.expression.getText().replaceAll(/\s/g, ''))?.[1] ?? 'recv'
  const empty = method === 'readline' ? 'nothing' : 'an empty Buffer'
  const ask = given ? '' : 'give it a name, `const part = …`, and '
  const exit = `\`if (${given?.text ?? 'part'}.length === 0) break\``
  return [
    asked,
    `Once the other side has closed, \`${inShort(asked.expression, method, 40)}\` gives ${empty} at once, again and again, and this loop goes on for ever: ${ask}leave it, ${exit}, or throw.`,
  ]
}

/** `await sock.recv(…)`, where `sock` is no socket of datagrams as far as can be seen. */
function isReceiving(node: ts.Node, checker: ts.TypeChecker): node is ts.AwaitExpression {
  if (!ts.isAwaitExpression(node) || !ts.isCallExpression(node.expression)) return false
  const { expression } = node.expression
  if (!ts.isPropertyAccessExpression(expression) || !/^(?:recv|readline)$/.test(expression.name.text)) return false
  const { symbol } = checker.getTypeAtLocation(expression.expression)
  const isOurs = /^(?:Socket|BinaryFile|TextFile|RawFile)$/.test(symbol?.name ?? '')
  if (!isOurs && askedOfSocket(node.expression, checker) === undefined) return false
  const declaration = checker.getSymbolAtLocation(expression.expression)?.valueDeclaration
  return !/SOCK_(?:DGRAM|RAW)/.test(declaration?.getText() ?? '')
}

const first = (node: ts.Node, fits: (node: ts.Node) => boolean): ts.Node | undefined =>
  ts.isFunctionLike(node) ? undefined : fits(node) ? node : ts.forEachChild(node, (inner) => first(inner, fits))

function all(node: ts.Node, fits: (node: ts.Node) => boolean): ts.Node[] {
  const found: ts.Node[] = []
  const visit = (inner: ts.Node): void => {
    if (fits(inner)) found.push(inner)
    ts.forEachChild(inner, visit)
  }
  visit(node)
  return found
}

/** What takes bytes and does not look whether there are any. */
const KEEPS = /^(?:Buffer\.concat|console\.\w+|.*\.(?:push|send|sendall|write|concat)|String)$/

/** Is it put together, shown or sent on? Whoever asks for its length, compares it or hands it to a helper may end the loop. */
function isOnlyKept(use: ts.Node): boolean {
  for (let at = use; !ts.isStatement(at.parent); at = at.parent) {
    const { parent } = at
    if (ts.isCallExpression(parent) && parent.expression !== at) return KEEPS.test(parent.expression.getText())
    if (ts.isPropertyAccessExpression(parent) && !/^(?:toString|trim|trimEnd|subarray)$/.test(parent.name.text))
      return false
    if (ts.isConditionalExpression(parent) || ts.isPrefixUnaryExpression(parent)) return false
    if (ts.isBinaryExpression(parent) && !/^(?:=|\+|\+=)$/.test(parent.operatorToken.getText())) return false
    if (ts.isElementAccessExpression(parent)) return false
  }
  return !ts.isIfStatement(statementOf(use)) && !ts.isSwitchStatement(statementOf(use))
}

const statementOf = (node: ts.Node): ts.Node => (ts.isStatement(node) ? node : statementOf(node.parent))

/** Is silence what ends it, as among datagrams? `try { while (true) … } catch (error) { if (error instanceof TimeoutError) … }` */
function endsInSilence(loop: ts.Node): boolean {
  const around = ts.findAncestor(loop, (node) => ts.isTryStatement(node) || ts.isFunctionLike(node))
  return around !== undefined && ts.isTryStatement(around) && /[tT]imeout/.test(around.catchClause?.getText() ?? '')
}

/** Does something in a loop end it? */
const leaves = (body: ts.Node): boolean =>
  first(body, (node) => ts.isBreakStatement(node) || ts.isReturnStatement(node) || ts.isThrowStatement(node)) !==
  undefined

/** What the received bytes are called. */
function nameFor(asked: ts.Expression): ts.Identifier | undefined {
  let at: ts.Node = asked
  while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isVariableDeclaration(parent) && parent.initializer === at)
    return ts.isIdentifier(parent.name) ? parent.name : undefined
  const isGiven =
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === at
  return isGiven && ts.isIdentifier(parent.left) ? parent.left : undefined
}

/** Does the condition ask for what came? */
const asksFor = (condition: ts.Expression, name: string | undefined): boolean =>
  first(
    condition,
    (node) =>
      (ts.isIdentifier(node) && node.text === name) || (ts.isCallExpression(node) && ts.isAwaitExpression(node.parent)),
  ) !== undefined
