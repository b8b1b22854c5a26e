/**
 * What TypeScript takes and learners of sockets stumble over: an address as the key of a Map, which finds only the very same
 * list; bytes and addresses compared by `===`; pieces of bytes joined as text; milliseconds where seconds are counted.
 * Looks at places and asks the checker about them; knows nothing of cells.
 */
import ts from 'typescript'
import { inShort, isEquality } from './hints-places.ts'
import { socketlabTypes } from './places.ts'
import { preloadFile } from './preload-types.ts'

type Remark = [at: ts.Node, text: string] | undefined

export function ofSockets(node: ts.Node, checker: ts.TypeChecker): Remark {
  if (ts.isCallExpression(node))
    return asKey(node, checker) ?? joinedBytes(node, checker) ?? tooSoon(node) ?? tooLong(node, checker)
  if (ts.isNewExpression(node)) return tooLong(node, checker)
  if (ts.isPropertyAccessExpression(node)) return takenForData(node, checker)
  if (ts.isBinaryExpression(node)) return sameList(node, checker)
  return ts.isSwitchStatement(node) ? casesOfBytes(node, checker) : undefined
}

const ASKED = /^(?:has|get|delete|includes|indexOf)$/
const PUT_IN = /^(?:set|add)$/

/** `clients.has(address)`, where each `recvfrom` makes a new address. */
function asKey({ expression, arguments: [key] }: ts.CallExpression, checker: ts.TypeChecker): Remark {
  if (!key || !ts.isPropertyAccessExpression(expression)) return undefined
  const { text: method } = expression.name
  if (!ASKED.test(method) && !PUT_IN.test(method)) return undefined
  const kind = checker.getTypeAtLocation(expression.expression).symbol?.name ?? ''
  if (!/^(?:Map|Set|Array)$/.test(kind) || (kind === 'Array' && PUT_IN.test(method))) return undefined
  if (!isNewAddress(key, checker)) return undefined
  const [list, text] = [inShort(expression.expression, '…', 30), inShort(key, 'address', 30)]
  const why = ASKED.test(method)
    ? 'finds only the very same list, and this one is new'
    : 'puts in another one each time, for each address is a new list'
  const rest = method === 'set' ? ', …' : ''
  return [key, `\`${list}.${method}\` ${why}. Text is a key: \`${list}.${method}(${text}.join(":")${rest})\`.`]
}

/** What `recvfrom` gave beside the data, or a call that asks for an address: nobody else has this list. */
function isNewAddress(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isCallExpression(node))
    return ts.isPropertyAccessExpression(node.expression) && /^get(?:peer|sock)name$/.test(node.expression.name.text)
  if (!ts.isIdentifier(node)) return false
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration
  if (!declaration) return false
  if (ts.isVariableDeclaration(declaration))
    return (
      declaration.initializer !== undefined &&
      ts.isCallExpression(declaration.initializer) &&
      isNewAddress(declaration.initializer, checker)
    )
  if (!ts.isBindingElement(declaration) || !ts.isArrayBindingPattern(declaration.parent)) return false
  const { elements, parent } = declaration.parent
  return elements.indexOf(declaration) === 1 && isGivenBy(parent, /\.recvfrom(?:Into)?$/)
}

/** `… = await sock.recvfrom(1024)` */
function isGivenBy(variable: ts.Node, call: RegExp): boolean {
  if (!ts.isVariableDeclaration(variable) || !variable.initializer || !ts.isAwaitExpression(variable.initializer))
    return false
  const { expression } = variable.initializer
  return ts.isCallExpression(expression) && call.test(expression.expression.getText())
}

/** `address === server`, `data === QUIT` */
function sameList(node: ts.BinaryExpression, checker: ts.TypeChecker): Remark {
  if (!isEquality(node)) return undefined
  const { left, right, operatorToken } = node
  const isNot = operatorToken.getText().startsWith('!')
  const [one, other] = [inShort(left, '…', 40), inShort(right, '…', 40)]
  const isList = (side: ts.Expression) => checker.isTupleType(checker.getTypeAtLocation(side))
  if ((isNewAddress(left, checker) || isNewAddress(right, checker)) && isList(left) && isList(right))
    return [
      node,
      `Two lists are never the same one, whatever they hold: \`${one}.join() ${isNot ? '!==' : '==='} ${other}.join()\`.`,
    ]
  if (!areReceived(left, checker) && !areReceived(right, checker)) return undefined
  return isBuffer(left, checker) && isBuffer(right, checker)
    ? [
        node,
        `Two Buffers are never the same one, whatever bytes they hold: \`${isNot ? '!' : ''}${one}.equals(${other})\`.`,
      ]
    : undefined
}

const isBuffer = (node: ts.Node, checker: ts.TypeChecker) => checker.getTypeAtLocation(node).symbol?.name === 'Buffer'

/** What `const data = await sock.recv(…)` holds. */
function areReceived(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isIdentifier(node)) return false
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration
  if (!declaration) return false
  if (ts.isVariableDeclaration(declaration)) return isConst(declaration) && isGivenBy(declaration, /\.recv$/)
  if (!ts.isBindingElement(declaration) || !ts.isArrayBindingPattern(declaration.parent)) return false
  const { elements, parent } = declaration.parent
  return (
    elements[0] === declaration &&
    ts.isVariableDeclaration(parent) &&
    isConst(parent) &&
    isGivenBy(parent, /\.recvfrom$/)
  )
}

const isConst = (variable: ts.VariableDeclaration): boolean =>
  (ts.getCombinedNodeFlags(variable) & ts.NodeFlags.Const) !== 0

/** `data.toString()`, `data.length` of what `const data = await sock.recvfrom(…)` holds, which are two. */
function takenForData({ expression, name }: ts.PropertyAccessExpression, checker: ts.TypeChecker): Remark {
  if (!ts.isIdentifier(expression) || !/^(?:toString|length|slice)$/.test(name.text)) return undefined
  const declaration = checker.getSymbolAtLocation(expression)?.valueDeclaration
  if (!declaration || !isGivenBy(declaration, /\.recvfrom$/) || !ts.isVariableDeclaration(declaration)) return undefined
  if (!ts.isIdentifier(declaration.name)) return undefined
  return [
    expression,
    `\`recvfrom\` gives two, the data and who sent it: \`const [${expression.text}, address] = await …\`.`,
  ]
}

/** ``switch (data) { case bytes`quit`: … }`` */
function casesOfBytes({ expression, caseBlock }: ts.SwitchStatement, checker: ts.TypeChecker): Remark {
  const [first] = caseBlock.clauses.filter(ts.isCaseClause)
  if (!first || !isBuffer(expression, checker) || !isBuffer(first.expression, checker)) return undefined
  const text = inShort(expression, 'data', 40)
  return [
    first.expression,
    `\`switch\` compares by \`===\`, and two Buffers are never the same one: \`switch (${text}.toString())\`, and texts as its cases.`,
  ]
}

/** `chunks.join("")` of Buffers. */
function joinedBytes({ expression }: ts.CallExpression, checker: ts.TypeChecker): Remark {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'join') return undefined
  const type = checker.getTypeAtLocation(expression.expression)
  if (!checker.isArrayType(type)) return undefined
  const [item] = checker.getTypeArguments(type as ts.TypeReference)
  if (item?.symbol?.name !== 'Buffer') return undefined
  const list = inShort(expression.expression, 'chunks', 40)
  return [
    expression.name,
    `\`join\` makes text of each piece by itself, and spoils a character that two of them share: \`Buffer.concat(${list}).toString()\`.`,
  ]
}

/** What nobody waits in seconds: a quarter of an hour. */
const MILLISECONDS = 1000
const IN_SECONDS = /^(?:timeout|seconds|interval)$/

/** `sleep(1000)`, `sock.settimeout(5000)`, `{ timeout: 2000 }` */
function tooLong(node: ts.CallExpression | ts.NewExpression, checker: ts.TypeChecker): Remark {
  const given = (node.arguments ?? []).flatMap((one, at) => (isLong(one) ? [{ literal: one, at }] : inOptions(one)))
  if (given.length === 0) return undefined
  const { declaration } = checker.getResolvedSignature(node) ?? {}
  const file = declaration?.getSourceFile().fileName
  if (!declaration || !file || (file !== preloadFile && !file.startsWith(`${socketlabTypes}/`))) return undefined
  const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText()
  // poll(2) counts milliseconds, here as in Python.
  if (callee === 'poll') return undefined
  for (const { literal, at } of given) {
    const name = at === undefined ? 'timeout' : declaration.parameters[at]?.name.getText()
    if (!name || !IN_SECONDS.test(name)) continue
    const seconds = Number(literal.text)
    return [
      literal,
      `\`${callee}\` counts seconds, and ${seconds} of them are ${Math.round(seconds / 60)} minutes: ${seconds} milliseconds are \`${seconds / 1000}\`.`,
    ]
  }
  return undefined
}

const isLong = (node: ts.Node): node is ts.NumericLiteral =>
  ts.isNumericLiteral(node) && Number(node.text) >= MILLISECONDS && Number(node.text) % 100 === 0

const inOptions = (node: ts.Node): { literal: ts.NumericLiteral; at?: number }[] =>
  ts.isObjectLiteralExpression(node)
    ? node.properties.flatMap((one) =>
        ts.isPropertyAssignment(one) && IN_SECONDS.test(one.name.getText()) && isLong(one.initializer)
          ? [{ literal: one.initializer }]
          : [],
      )
    : []

/** `AbortSignal.timeout(5)` */
function tooSoon({ expression, arguments: [given] }: ts.CallExpression): Remark {
  if (expression.getText() !== 'AbortSignal.timeout' || !given || !ts.isNumericLiteral(given)) return undefined
  const count = Number(given.text)
  return count > 0 && count <= 10
    ? [given, `\`AbortSignal.timeout\` counts milliseconds: ${count} seconds are \`${count * 1000}\`.`]
    : undefined
}
