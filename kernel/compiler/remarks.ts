/**
 * What TypeScript takes, may be meant, and is mostly a slip: `for … in` over a list, numbers sorted as text, `${…}` in plain
 * quotes, a method that is named and not called or loses its object, a value that is computed for nobody. The cell runs, and
 * a notice says so; a lint would refuse it.
 * Looks at places and asks the checker about them; knows nothing of cells.
 */
import ts from 'typescript'
import { begun, inShort, isEquality } from './hints-places.ts'
import { withResolveName } from './internals.ts'
import { unbound } from './remark-unbound.ts'
import { endlessAtTheEnd } from './remarks-loops.ts'
import { ofSlips } from './remarks-slips.ts'
import { ofSockets } from './remarks-sockets.ts'

/** Who wants to know more has these mended first. */
const MOST = 3

type Remark = [at: ts.Node, text: string] | undefined

export function remarks(file: ts.SourceFile, checker: ts.TypeChecker): ts.Diagnostic[] {
  const found: ts.Diagnostic[] = []
  const visit = (node: ts.Node): void => {
    if (found.length === MOST) return
    const [at, messageText] = remark(node, checker) ?? []
    if (at && messageText) {
      const start = at.getStart(file)
      found.push({ file, start, length: at.end - start, code: 0, category: ts.DiagnosticCategory.Warning, messageText })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function remark(node: ts.Node, checker: ts.TypeChecker): Remark {
  return ofSockets(node, checker) ?? endlessAtTheEnd(node, checker) ?? ofSlips(node) ?? ofAny(node, checker)
}

function ofAny(node: ts.Node, checker: ts.TypeChecker): Remark {
  if (ts.isForInStatement(node)) return membersByIn(node, checker)
  if (ts.isCallExpression(node))
    return numbersAsText(node, checker) ?? waitedByNobody(node, checker) ?? allFromThere(node, checker)
  if (ts.isDeleteExpression(node)) return leavesHole(node, checker)
  if (ts.isStringLiteral(node)) return plainQuotes(node, checker)
  if (ts.isPropertyAccessExpression(node)) return onlyNamed(node, checker) ?? unbound(node, checker)
  if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) return noDollar(node, checker)
  return ts.isExpressionStatement(node) ? forNobody(node) : undefined
}

const isNumberLike = (type: ts.Type): boolean =>
  (type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike)) !== 0 ||
  (type.isUnion() && type.types.every(isNumberLike))

const isList = (type: ts.Type, checker: ts.TypeChecker): boolean =>
  checker.isArrayType(type) ||
  checker.isTupleType(type) ||
  /^(?:Buffer|Uint8Array|Set|Map)$/.test(type.symbol?.name ?? '')

/** `for (const port in ports)`, where nothing is asked for at that place: its members are wanted. */
function membersByIn({ initializer, expression, statement }: ts.ForInStatement, checker: ts.TypeChecker): Remark {
  const type = checker.getTypeAtLocation(expression)
  const name = ts.isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : initializer
  if (!name || !ts.isIdentifier(name) || !isList(type, checker)) return undefined
  let isUsed = false
  /** `ports[i]`, `Number(i)`, `+i`, `i === "0"`: who writes so knows what `in` gives. */
  const knows = (node: ts.Node): boolean => {
    if (!ts.isIdentifier(node) || node.text !== name.text) return ts.forEachChild(node, knows) ?? false
    isUsed = true
    return takesPlace(node)
  }
  if (knows(statement)) return undefined
  const list = inShort(expression, '…', 40)
  const members = `write \`for (const ${name.text} of ${list})\` for its members.`
  const isEmpty = /^(?:Set|Map)$/.test(type.symbol?.name ?? '')
  // Who only counts a list's members is right.
  if (!isUsed && !isEmpty) return undefined
  return isEmpty
    ? [name, `\`in\` finds nothing in a ${type.symbol.name}: ${members}`]
    : [name, `\`in\` gives the places in ${list}, as text ("0", "1", …): ${members}`]
}

function takesPlace(name: ts.Identifier): boolean {
  let at: ts.Node = name
  while (ts.isAsExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isAsExpression(at) || ts.isPrefixUnaryExpression(parent)) return true
  if (ts.isElementAccessExpression(parent)) return parent.argumentExpression === at
  if (ts.isCallExpression(parent))
    return /(?:^|\.)(?:Number|parseInt|parseFloat|hasOwn|hasOwnProperty)$/.test(parent.expression.getText())
  return isEquality(parent)
}

/** `[3, 1, 10].sort()` */
function numbersAsText({ expression, arguments: given }: ts.CallExpression, checker: ts.TypeChecker): Remark {
  if (!ts.isPropertyAccessExpression(expression) || given.length > 0) return undefined
  const { name, expression: list } = expression
  if (name.text !== 'sort' && name.text !== 'toSorted') return undefined
  // Of one digit each they stand as they should.
  if (ts.isArrayLiteralExpression(list) && list.elements.every((one) => /^\d$/.test(one.getText()))) return undefined
  const type = checker.getTypeAtLocation(list)
  const member = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined
  return member && isNumberLike(member)
    ? [
        name,
        `\`${name.text}()\` compares as text, so that 10 stands before 9. By size: \`${name.text}((a, b) => ${compare(member)})\`.`,
      ]
    : undefined
}

/** Who asks the function and takes its answer at once. */
const AT_ONCE = /^(?:forEach|filter|find|findIndex|findLast|findLastIndex|some|every|sort|toSorted)$/

/** `list.forEach(async (item) => { await … })`, which is over before it has begun; `filter` takes a promise for yes. */
function waitedByNobody({ expression, arguments: [given] }: ts.CallExpression, checker: ts.TypeChecker): Remark {
  if (!given || !ts.isPropertyAccessExpression(expression) || !AT_ONCE.test(expression.name.text)) return undefined
  const isInPlace = ts.isArrowFunction(given) || ts.isFunctionExpression(given)
  const isAsync = isInPlace
    ? given.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    : // A function that serves each of them may be meant to go on alone.
      expression.name.text !== 'forEach' && givesPromise(given, checker)
  if (!isAsync || !isList(checker.getTypeAtLocation(expression.expression), checker)) return undefined
  const item = (isInPlace && given.parameters[0]?.name.getText()) || 'item'
  const loop = `\`for (const ${item} of ${inShort(expression.expression, 'list', 40)}) { await … }\``
  return expression.name.text === 'forEach'
    ? [expression.name, `\`forEach\` waits for nobody: what follows it runs before. One after the other is ${loop}.`]
    : [
        expression.name,
        `\`${expression.name.text}\` takes the promise of an \`async\` function for its answer, which counts as true. What waits is ${loop}.`,
      ]
}

/** `ports.filter(isOpen)`, where `isOpen` is async. */
const givesPromise = (given: ts.Expression, checker: ts.TypeChecker): boolean =>
  ts.isIdentifier(given) &&
  checker
    .getTypeAtLocation(given)
    .getCallSignatures()
    .some((one) => checker.getReturnTypeOfSignature(one).symbol?.name === 'Promise')

/** `clients.splice(clients.indexOf(conn))` */
function allFromThere({ expression, arguments: given }: ts.CallExpression, checker: ts.TypeChecker): Remark {
  const [start] = given
  if (!start || given.length > 1 || !ts.isPropertyAccessExpression(expression)) return undefined
  const isOne = ts.isCallExpression(start) && /\.(?:indexOf|findIndex)$/.test(start.expression.getText())
  if (expression.name.text !== 'splice' || !isOne) return undefined
  if (!checker.isArrayType(checker.getTypeAtLocation(expression.expression))) return undefined
  return [
    expression.name,
    `It takes out all from there to the end; one alone: \`splice(${inShort(start, '…', 50)}, 1)\`.`,
  ]
}

/** `delete clients[0]` */
function leavesHole({ expression }: ts.DeleteExpression, checker: ts.TypeChecker): Remark {
  if (!ts.isElementAccessExpression(expression)) return undefined
  const list = expression.expression
  if (!checker.isArrayType(checker.getTypeAtLocation(list))) return undefined
  const [name, at] = [inShort(list, 'list', 30), inShort(expression.argumentExpression, '…', 30)]
  return [
    expression,
    `\`delete\` leaves an empty place in the list, which is as long as before: \`${name}.splice(${at}, 1)\`.`,
  ]
}

const compare = ({ flags }: ts.Type): string => (flags & ts.TypeFlags.BigIntLike ? 'Number(a - b)' : 'a - b')

const isKnown = (name: string, at: ts.Node, checker: ts.TypeChecker): boolean =>
  withResolveName(checker).resolveName(name, at, ts.SymbolFlags.Value, false) !== undefined

/** `"port ${port}"`, with a name that there is. */
function plainQuotes(node: ts.StringLiteral, checker: ts.TypeChecker): Remark {
  const [whole, name] = /\$\{\s*([A-Za-z_$][\w$]*)[^{}]*\}/.exec(node.text) ?? []
  if (whole === undefined || name === undefined || !isKnown(name, node, checker)) return undefined
  if (isFilledElsewhere(node) || isForShell(node, name)) return undefined
  return [node, `\`${whole}\` is filled in only between backquotes, not between quotes.`]
}

/** `template.replace("{name}", name)`: the cell fills in what stands in brackets by itself. */
const isFilledElsewhere = (node: ts.Node): boolean => /\.replace(?:All)?\s*\([^,\n]*\{/.test(node.getSourceFile().text)

/** `execSync('for i in 1 2; do echo ${i}; done')`: it has names of its own, and they are written so. */
function isForShell(node: ts.StringLiteral, name: string): boolean {
  const escaped = name.replaceAll('$', '\\$')
  const call = ts.findAncestor(node, ts.isCallExpression)?.expression.getText() ?? ''
  return (
    /\b(?:exec|execFile|spawn)(?:Sync)?$/.test(call) ||
    new RegExp(`(?<![\\w$])(?:${escaped}=|(?:for|read) ${escaped}\\b)`).test(node.text)
  )
}

/** `{port}`, and what else an f-string has between its brackets: `{host.name}`, `{len(data)}`, `{price:.2f}`. */
const FILLED = /\{[A-Za-z_][\w.]*(?:\([^{}]*\))?(?:![rsa])?(?::[^{}\s]*)?\}/g
/** With a backslash, with brackets of another kind or behind a word of code it is LaTeX, CSS, a program. */
const isOtherText = (text: string): boolean =>
  /\\|\b(?:import|export|const|let|var)\s*\{/.test(text) || /[{}]/.test(text.replaceAll(FILLED, ''))

/** `` `port {port}` ``, as an f-string has it; not LaTeX's `x_{n}`, nor `/users/{id}`. */
function noDollar(node: ts.TemplateLiteral, checker: ts.TypeChecker): Remark {
  if (ts.isTaggedTemplateExpression(node.parent)) return undefined
  const texts = ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
    : [node.text]
  if (isFilledElsewhere(node) || isOtherText(texts.join(''))) return undefined
  for (const text of texts) {
    const [, whole, name] = /(?<![^\s:=,("'])(\{([A-Za-z_]\w*)\})(?!\})/.exec(text) ?? []
    if (whole !== undefined && name !== undefined && isKnown(name, node, checker))
      return [node, `A value is filled in with a \`$\` before its bracket: \`$${whole}\`.`]
  }
  return undefined
}

/** Whose methods are worth nothing without a call; `const log = console.log` is another thing. */
const OF_VALUES =
  /^(?:String|Number|Array|Buffer|Uint8Array|Date|Map|Set|Socket|Thread|Event|(?:Lifo|Priority|Simple)?Queue)$/

/** `const text = data.toString`, where its result is shown or kept. */
function onlyNamed(node: ts.PropertyAccessExpression, checker: ts.TypeChecker): Remark {
  const { parent } = node
  const isShown = ts.isCallExpression(parent) && parent.expression.getText().startsWith('console.')
  const isUsed =
    (ts.isVariableDeclaration(parent) && parent.initializer === node && !parent.type) ||
    ts.isTemplateSpan(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken) ||
    (isShown && parent.arguments.includes(node))
  if (!isUsed || node.expression.getText().endsWith('.prototype')) return undefined
  const symbol = checker.getSymbolAtLocation(node.name)
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Method)) return undefined
  const type = checker.getTypeAtLocation(node.expression)
  const owner = checker.getApparentType(type).symbol?.name ?? ''
  return OF_VALUES.test(owner)
    ? [node, `\`${node.getText()}\` only names the function: \`${node.getText()}()\` calls it.`]
    : undefined
}

const COMPUTES = new Set(['+', '-', '*', '/', '%', '**', '==', '===', '!=', '!==', '<', '>', '<=', '>='])

/** What stands in front of it is the cell's last statement. */
const isGoneAtRunTime = (node: ts.Statement): boolean =>
  ts.isExportDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) ===
    true

/** `(x) => { x * 2 }`, and `port == 5000` where a value was to be given. The last of a cell is its result. */
function forNobody(node: ts.ExpressionStatement): Remark {
  const { expression, parent } = node
  if (!ts.isBinaryExpression(expression) || !COMPUTES.has(expression.operatorToken.getText())) return undefined
  if (ts.isSourceFile(parent) && parent.statements.every((one) => one.pos < node.end || isGoneAtRunTime(one)))
    return undefined
  const text = inShort(expression, '…', 40)
  if (ts.isBlock(parent) && parent.statements.length === 1 && ts.isArrowFunction(parent.parent))
    return [
      expression,
      `Nobody gets \`${text}\`: in curly brackets a function needs \`return ${text}\`; without them it is \`=> ${text}\`.`,
    ]
  if (
    ts.isBlock(parent) &&
    ts.isFunctionLike(parent.parent) &&
    parent.statements.at(-1) === node &&
    !isEquality(expression)
  )
    return [expression, `Nobody gets \`${text}\`: a function gives its value by \`return ${text}\`.`]
  return expression.operatorToken.getText() === '=='
    ? [expression, `\`${text}\` only compares; \`${inShort(expression.left, '…', 40)} = …\` gives a value.`]
    : [
        expression,
        `Nobody gets the value of \`${inShort(expression, begun(expression, 40), 40)}\`: show it by \`console.log(…)\`, or give it a name.`,
      ]
}
