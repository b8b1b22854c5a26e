/** What every rule for a hint is given, and what stands around a place in the code. Knows no rule. */
import ts from 'typescript'

export interface Mistake {
  message: string
  /** The smallest piece of code at the place, and the line that it stands in. */
  token: ts.Node
  line: string
  /** Where in the file the place begins and ends. */
  start: number
  end: number
  related: boolean
  /** What is called or made is all that a module exports, by `import * as`. */
  namespace: boolean
}

export type Rule = (mistake: Mistake) => string | undefined

/** What is always said of messages like this. */
export const said =
  (pattern: RegExp, hint: string): Rule =>
  ({ message }) =>
    pattern.test(message) ? hint : undefined

/** The call around a place. */
export function callAround(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  for (let at = node; at && !ts.isStatement(at); at = at.parent)
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) return at
  return undefined
}

/** `bind` of `server.bind(…)`, around a place. */
export function calledName(node: ts.Node): string {
  const call = callAround(node)
  return call && ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : ''
}

/** The value at a place, or the one that the variable there gets. */
export function valueAt(token: ts.Node): ts.Node {
  const declaration = ts.findAncestor(token, (node) => ts.isStatement(node) || ts.isVariableDeclaration(node))
  const isName =
    declaration &&
    ts.isVariableDeclaration(declaration) &&
    token.pos >= declaration.name.pos &&
    token.end <= declaration.name.end
  return (isName && declaration.initializer) || token
}

/** All of the value at a place: `name + "!"`, where `valueAt` has `name`. */
export function wholeValue({ token, start, end }: Mistake): ts.Node {
  const value = valueAt(token)
  if (value !== token) return value
  if (ts.isReturnStatement(token.parent) && token.kind === ts.SyntaxKind.ReturnKeyword)
    return token.parent.expression ?? token
  let whole = token
  while (ts.isExpression(whole.parent) && whole.parent.getStart() === start && whole.parent.end <= end)
    whole = whole.parent
  return whole
}

/** The value that is given at a place: of `{ port: text }` and of `port = text` the place is `port`. */
export function givenValue(mistake: Mistake): ts.Node {
  const value = wholeValue(mistake)
  const { parent } = value
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return parent.initializer ?? value
  return isAssignment(parent) && parent.left === value ? parent.right : value
}

/** The name of a variable that is used as it is: not called, and nothing of it asked for. */
export function heldValue(token: ts.Node): string | undefined {
  const { parent } = token
  if (!ts.isIdentifier(token) || valueAt(token) !== token) return undefined
  if (ts.isPropertyAccessExpression(parent)) return undefined
  const isCalled = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === token
  const isMade = (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent)) && parent.name === token
  return isCalled || isMade ? undefined : token.text
}

/** `data` of `data.length`, at `length`: what is asked, whatever call may be around it. */
export function askedOf(token: ts.Node): ts.Expression | undefined {
  const { parent } = token
  return ts.isPropertyAccessExpression(parent) && parent.name === token ? parent.expression : undefined
}

export const word = (token: ts.Node) => (ts.isIdentifier(token) ? token.text : undefined)

/** `name = …` */
export const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
])

/** `a == b`, `a !== b` */
export const isEquality = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind)

/** The beginning of code that is too long for a line of advice. */
export const begun = (node: ts.Node, most: number): string =>
  `${[...(node.getText().split(/[\r\n]/, 1)[0] as string)]
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`

/** Code that may stand in a line of advice, or a name for it. */
export function inShort(node: ts.Node, name: string, most: number): string {
  const text = node.getText()
  return text.length > most || /[\r\n]/.test(text) ? name : text
}
