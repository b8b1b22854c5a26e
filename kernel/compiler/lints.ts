/**
 * Mistakes that TypeScript lets pass but a learner of sockets makes: a promise of ours that nobody awaits or that is
 * turned into text, a list of them awaited, a Buffer taken for empty because it is "false", a method named but not called,
 * `=` where `===` is meant.
 * Asks the checker about a few places; knows nothing of cells.
 */
import ts from 'typescript'
import { isAssignment } from './hints-places.ts'
import { constantCondition } from './lints-conditions.ts'
import { pythonHabit } from './lints-python.ts'
import { heldForEver, madeForEach, swappedArguments, untypedParameter } from './lints-sockets.ts'
import { uncalled } from './lints-uncalled.ts'
import { isUnsure } from './lints-unsure.ts'
import { socketlabTypes } from './places.ts'
import { preloadFile } from './preload-types.ts'
import { language } from './strictness.ts'
import { areSurelyBytes, askedOfSocket } from './surely-sockets.ts'
import { isWaitedFor } from './waited-for.ts'

/** Modules whose calls may run on unawaited: a lesson's own tools (not a check, whose points are wanted, nor a trace), and servers. */
const MAY_RUN_ON = /\/(?:lab(?!\/(?:check|trace))\/|socketserver\/(?!socket-writer))/

/** Functions that show what they are given. */
const SHOWS = /^(?:console\.(?:log|info|error|warn|debug|table)|repr|String)$/

/** The lints' numbers, so that a test or a switch can tell them apart: TypeScript's end far below. */
export const LINT = {
  dropped: 90001,
  promiseAsText: 90002,
  bufferAsCondition: 90003,
  notCalled: 90004,
  shown: 90005,
  habit: 90006,
  swapped: 90007,
  awaitedList: 90008,
  assigned: 90009,
  promiseAsCondition: 90010,
  untyped: 90011,
  unreleased: 90012,
  constant: 90013,
}

export function lint(file: ts.SourceFile, checker: ts.TypeChecker): ts.Diagnostic[] {
  const found: ts.Diagnostic[] = []
  const report = (node: ts.Node, code: number, messageText: string | undefined) => {
    if (messageText === undefined) return
    const start = node.getStart(file)
    found.push({ file, start, length: node.end - start, code, category: ts.DiagnosticCategory.Error, messageText })
  }

  const isOurs = (declaration: ts.Node | undefined) => {
    const name = declaration?.getSourceFile().fileName
    return name !== undefined && (name === preloadFile || name.startsWith(`${socketlabTypes}/`))
  }

  const isPromise = (node: ts.Expression) => {
    const { symbol } = checker.getTypeAtLocation(node)
    return symbol?.name === 'Promise' || askedOfSocket(node, checker) !== undefined
  }

  const isBytes = (node: ts.Expression) => {
    const type = checker.getTypeAtLocation(node)
    const name = type.symbol?.name
    return (!type.isUnion() && (name === 'Buffer' || name === 'Uint8Array')) || areSurelyBytes(node, checker)
  }

  /** Bytes that are asked for by mistake, not to be sure of them: `!data || data.length < 4` knows what is empty. */
  const isMistaken = (node: ts.Expression) => isBytes(node) && !isUnsure(node, checker) && !asksForLength(node)

  function asksForLength(bytes: ts.Expression): boolean {
    let whole: ts.Node = bytes
    while (
      ts.isBinaryExpression(whole.parent) ||
      ts.isPrefixUnaryExpression(whole.parent) ||
      ts.isParenthesizedExpression(whole.parent)
    )
      whole = whole.parent
    const text = bytes.getText(file)
    const asks = (node: ts.Node): boolean =>
      (ts.isPropertyAccessExpression(node) &&
        /^(?:byteL|l)ength$/.test(node.name.text) &&
        node.expression.getText(file) === text) ||
      (ts.forEachChild(node, asks) ?? false)
    return asks(whole)
  }

  /** `recv` where the call is one of ours that gives a promise. */
  function promising(node: ts.Expression): string | undefined {
    if (!ts.isCallExpression(node)) return undefined
    const name = ts.isPropertyAccessExpression(node.expression)
      ? node.expression.name.text
      : node.expression.getText(file)
    const { declaration } = checker.getResolvedSignature(node) ?? {}
    if (!declaration) return askedOfSocket(node, checker)
    if (!isOurs(declaration) || MAY_RUN_ON.test(declaration?.getSourceFile().fileName ?? '')) return undefined
    return isPromise(node) ? name : undefined
  }

  function dropped(node: ts.ExpressionStatement): void {
    const { expression } = node
    const held = heldForEver(expression)
    if (held && promising(held) === 'hold')
      report(expression, LINT.unreleased, `Nobody lets go of it again: \`using held = await ${held.getText(file)}\`.`)
    const name = promising(expression)
    if (name !== undefined)
      report(
        expression,
        LINT.dropped,
        isInConstructor(expression)
          ? `\`${name}\` returns a Promise, and a constructor cannot wait: do it in a method, \`async start() { await … }\`, that is called on the new object.`
          : `\`${name}\` returns a Promise and nobody waits for it: add \`await\`. (\`void ${name}(…)\` says that this is meant.)`,
      )
    const each = madeForEach(expression)
    const made = each && promising(each)
    if (made)
      report(
        each,
        LINT.dropped,
        `\`${made}\` returns a Promise for each of them, and nobody waits: \`for (const … of …) await …\` does one after another, \`await Promise.all(….map(…))\` all at once.`,
      )
  }

  function asText(node: ts.Expression): void {
    // A sum is no promise, and to ask for the type of each of a long one's would take the square of its length.
    if (!isSum(node) && isPromise(node))
      report(node, LINT.promiseAsText, 'This is a Promise, and its text is "[object Promise]": add `await`.')
  }

  /** `Number(input("Port: "))` */
  function asNumber(node: ts.Expression): void {
    if (isPromise(node)) report(node, LINT.promiseAsText, 'This is a Promise, and as a number it is NaN: add `await`.')
  }

  /** A call that gives a promise. In JavaScript what a Map gives has the type of what it holds: there only ours are sure. */
  function promisingCall(node: ts.Expression): string | undefined {
    if (!ts.isCallExpression(node)) return undefined
    if (language.javascript) return promising(node)
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression
    return ts.isIdentifier(callee) && isPromise(node) ? callee.text : undefined
  }

  /** `!ready.wait(2)`, `while (lock.acquire())`, `while (data = sock.recv(9))`: TypeScript asks only what stands in an `if`. */
  function promiseAsCondition(node: ts.Expression, isNegated = false): void {
    const value = isAssignment(node) ? withoutParentheses(node.right) : node
    const name = promisingCall(value) ?? (isNegated ? promisingVariable(value) : undefined)
    if (name !== undefined)
      report(
        value,
        LINT.promiseAsCondition,
        `\`${name}\` returns a Promise, which is true whatever comes of it: add \`await\`.`,
      )
  }

  /** The promise that a variable of this cell was given. */
  function promisingVariable(node: ts.Expression): string | undefined {
    if (!ts.isIdentifier(node)) return undefined
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration
    if (!declaration || declaration.getSourceFile() !== file) return undefined
    if (!ts.isVariableDeclaration(declaration) || !declaration.initializer || !isPromise(node)) return undefined
    return isWaitedFor(file, node.text) ? undefined : promising(declaration.initializer)
  }

  function shown(node: ts.Expression): void {
    const name = promising(node) ?? promisingVariable(node)
    if (name !== undefined)
      report(node, LINT.shown, `\`${name}\` returns a Promise, which is not the value yet: add \`await\`.`)
  }

  /** `if (x = 3)`; in brackets of its own it is meant. */
  function assigned(node: ts.Expression): void {
    if (!isAssignment(node) || !isConstant(node.right)) return
    const [left, right] = [node.left.getText(file), node.right.getText(file)]
    report(node, LINT.assigned, `\`=\` gives \`${left}\` a value. What compares is \`===\`: \`${left} === ${right}\`.`)
  }

  function condition(node: ts.Expression): void {
    assigned(node)
    const inner = withoutParentheses(node)
    promiseAsCondition(inner)
    if (isNot(inner)) {
      if (isMistaken(inner.operand))
        report(
          inner,
          LINT.bufferAsCondition,
          `An empty Buffer is true: write \`${ofValue(withoutParentheses(inner.operand))}.length === 0\`.`,
        )
      else condition(inner.operand)
    } else if (ts.isBinaryExpression(inner) && isAndOr(inner.operatorToken.kind)) {
      condition(inner.left)
      condition(inner.right)
    } else if (isMistaken(inner))
      report(
        inner,
        LINT.bufferAsCondition,
        `A Buffer is always true, an empty one too: write \`${ofValue(inner)}.length > 0\`.`,
      )
    else report(inner, LINT.constant, constantCondition(inner, checker, isOurs))
  }

  /** `const data = this.request.recv(9)`: where TypeScript knows nothing of the socket, it does not miss the `await` either. */
  function kept({ initializer, name }: ts.VariableDeclaration): void {
    const asked = initializer && askedOfSocket(initializer, checker)
    if (!asked || (ts.isIdentifier(name) && isWaitedFor(file, name.text))) return
    report(initializer, LINT.dropped, `\`${asked}\` returns a Promise, which is not the value yet: add \`await\`.`)
  }

  /** `await list.map(async …)`, which waits for nothing. */
  function awaitedList({ expression }: ts.AwaitExpression): void {
    const type = checker.getTypeAtLocation(expression)
    if (!checker.isArrayType(type)) return
    const [item] = checker.getTypeArguments(type as ts.TypeReference)
    if (item?.symbol?.name !== 'Promise') return
    const list = expression.getText(file)
    const all = list.length > 40 || list.includes('\n') ? '…' : list
    report(
      expression,
      LINT.awaitedList,
      `This is a list of Promises, and \`await\` waits for one: \`await Promise.all(${all})\`.`,
    )
  }

  function visit(node: ts.Node): void {
    const habit = pythonHabit(node, checker)
    if (habit) report(habit[0], LINT.habit, habit[1])
    const named = uncalled(node, checker, isOurs)
    if (named) report(named[0], LINT.notCalled, named[1])
    const swapped = swappedArguments(node)
    if (swapped) report(swapped[0], LINT.swapped, swapped[1])
    const untyped = language.javascript ? undefined : untypedParameter(node, checker)
    if (untyped)
      report(
        untyped,
        LINT.untyped,
        `Nothing would be checked of what the thread gives to \`${untyped.name.getText()}\`: say what it is, for instance \`name: string\` or \`sock: socket.Socket\`.`,
      )
    if (ts.isAwaitExpression(node)) awaitedList(node)
    if (ts.isExpressionStatement(node)) dropped(node)
    else if (ts.isVariableDeclaration(node)) kept(node)
    else if (ts.isTemplateExpression(node)) {
      if (!ts.isTaggedTemplateExpression(node.parent)) for (const span of node.templateSpans) asText(span.expression)
    } else if (isSum(node)) {
      asText(node.left)
      asText(node.right)
    } else if (isAddedTo(node)) asText(node.right)
    else if (isNot(node)) promiseAsCondition(withoutParentheses(node.operand), true)
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (node.expression.name.text === 'toString') asText(node.expression.expression)
      if (SHOWS.test(node.expression.getText(file))) node.arguments.forEach(shown)
    } else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      if (node.expression.text === 'String' && node.arguments[0]) asText(node.arguments[0])
      else if (node.expression.text === 'Number' && node.arguments[0]) asNumber(node.arguments[0])
      else if (SHOWS.test(node.expression.text)) node.arguments.forEach(shown)
    } else if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) condition(node.expression)
    else if (ts.isConditionalExpression(node)) condition(node.condition)
    else if (ts.isForStatement(node) && node.condition) condition(node.condition)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const isInConstructor = (node: ts.Node): boolean => {
  const around = ts.findAncestor(node, ts.isFunctionLike)
  return around !== undefined && ts.isConstructorDeclaration(around)
}

const withoutParentheses = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node

const CONSTANTS = new Set([
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
])

const isConstant = (node: ts.Node) => CONSTANTS.has(node.kind)

const isSum = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken

/** `text += …` */
const isAddedTo = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken

const isNot = (node: ts.Node): node is ts.PrefixUnaryExpression =>
  ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken

/** What a `.length` may be written behind. */
const ofValue = (node: ts.Expression): string =>
  ts.isLeftHandSideExpression(node) ? node.getText() : `(${node.getText()})`

const isAndOr = (kind: ts.SyntaxKind) =>
  kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken
