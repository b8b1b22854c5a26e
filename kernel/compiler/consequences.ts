/**
 * Messages that only follow from another one: a function that is handed to a call gets no types for its parameters where
 * the call itself is wrong. To write a type at each would mend nothing. Looks at the code around; asks for no types.
 */
import ts from 'typescript'
import { isThere } from './hints-hidden.ts'
import { internals } from './internals.ts'

/** "… implicitly has an 'any' type", of parameters. */
const UNTYPED = new Set([7006, 7019, 7031])

type Handed = ts.ArrowFunction | ts.FunctionExpression

/** The call that a function is handed to. */
function callOf(handed: Handed): ts.CallExpression | ts.NewExpression | undefined {
  const { parent } = handed
  const isCall = ts.isCallExpression(parent) || ts.isNewExpression(parent)
  return isCall && parent.expression !== handed ? parent : undefined
}

/** `new threading.Thread({ target: (conn) => … })`, which takes the types of its `args` from there. */
function threadOf(handed: ts.SignatureDeclaration | undefined): ts.Node | undefined {
  const property = handed?.parent
  if (!property || !ts.isPropertyAssignment(property) || property.name.getText() !== 'target') return undefined
  return property.parent
}

/** "… implicitly has type 'any' because it is referenced in its own initializer", and "… used before its declaration". */
const CIRCULAR = 7022
const TOO_EARLY = 2448
/** "Variable … is used before being assigned", which is said at the same place too. */
const WITHOUT_VALUE = 2454

/**
 * `const socket = socket.socket(socket.AF_INET)`: what is used too early is told once if it is a name that is there in
 * every notebook, and not what TypeScript could not find out because of it.
 */
function toldOnce(found: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  if (!found.some(({ code }) => code === TOO_EARLY)) return found
  const tokenOf = ({ file, start = 0 }: ts.Diagnostic) => file && internals.getTokenAtPosition(file, start)
  const early = found.filter(({ code }) => code === TOO_EARLY)
  const names = early.map((each) => tokenOf(each)?.getText() ?? '')
  const statementOf = (each: ts.Diagnostic) => {
    const token = tokenOf(each)
    return token && ts.findAncestor(token, ts.isStatement)
  }
  const statements = new Set(early.map(statementOf))
  return found.filter((each) => {
    const name = tokenOf(each)?.getText() ?? ''
    if (each.code === WITHOUT_VALUE) return !early.some(({ start }) => start === each.start)
    if (each.code === CIRCULAR) return !names.includes(name) && !statements.has(statementOf(each))
    return each.code !== TOO_EARLY || !isThere(name) || names.indexOf(name) === early.indexOf(each)
  })
}

/** "Cannot find name", and with "Did you mean". */
const UNKNOWN_NAMES = [2304, 2552]

/** `for (k, v in pairs)`: its first name tells what to write, and neither the comma nor the names in the body do. */
function toldAtLoop(found: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  const told = new Map<ts.ForInOrOfStatement, string[]>()
  return found.filter(({ code, file, start = 0 }) => {
    const token = file && internals.getTokenAtPosition(file, start)
    for (let node: ts.Node | undefined = token; node; node = node.parent) {
      if (!ts.isForInStatement(node) && !ts.isForOfStatement(node)) continue
      const names = namesBetweenCommas(node.initializer)
      if (names.length < 2) continue
      const isName = UNKNOWN_NAMES.includes(code) && names.includes(token?.getText() ?? '')
      if (isName && !told.has(node)) told.set(node, names)
      else if (told.has(node) && (isName || start < node.initializer.end)) return false
    }
    return true
  })
}

function namesBetweenCommas(node: ts.Node): string[] {
  if (ts.isIdentifier(node)) return [node.text]
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.CommaToken) return []
  return [...namesBetweenCommas(node.left), ...namesBetweenCommas(node.right)]
}

/** A value before a comma is for nobody: `bind(("localhost", 5000))`. */
const BEFORE_COMMA = 2695
const MISFIT = [2322, 2345, 2769]

/** `select.select(inputs, [], [])` of a name that there is not gives what nothing is known of. */
const OF_UNKNOWN = /does not exist on type 'Selectable'/

/** Whether `timeout` of `get(timeout=1)` fits, or the last of `("localhost", 5000)`: what it should be is told already. */
function withoutMisfits(found: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  const isTold = (one: ts.Diagnostic) => [...UNKNOWN_NAMES, BEFORE_COMMA].includes(one.code)
  const isUnknown = found.some(({ code }) => UNKNOWN_NAMES.includes(code))
  return found.filter((each) => {
    if (isUnknown && OF_UNKNOWN.test(ts.flattenDiagnosticMessageText(each.messageText, '\n'))) return false
    return (
      !MISFIT.includes(each.code) ||
      !found.some((one) => isTold(one) && one.file === each.file && one.start === each.start)
    )
  })
}

/** "'with' statements are not allowed in strict mode", and what else could be said of one. */
const NO_WITH = 1101
const ABOUT_WITH = 2410

export function withoutConsequences(all: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  const isWith = all.some(({ code }) => code === NO_WITH)
  const found = withoutMisfits(toldAtLoop(toldOnce(isWith ? all.filter(({ code }) => code !== ABOUT_WITH) : all)))
  const untyped = found.filter(({ code }) => UNTYPED.has(code))
  if (untyped.length === 0 || found.length === 1) return found
  const functionOf = new Map<ts.Diagnostic, ts.SignatureDeclaration | undefined>()
  for (const each of untyped) {
    const token = each.file && internals.getTokenAtPosition(each.file, each.start ?? 0)
    functionOf.set(each, token && ts.findAncestor(token, ts.isFunctionLike))
  }
  const withUntyped = new Set<ts.Node | undefined>(functionOf.values())
  const threads = [...withUntyped].map((each) => threadOf(each as ts.SignatureDeclaration | undefined))
  /** Is something else wrong from `from` on, up to and with `to`? */
  const isWrong = (file: ts.SourceFile | undefined, from: number, to: number) =>
    found.some(
      (each) => !UNTYPED.has(each.code) && each.file === file && (each.start ?? 0) >= from && (each.start ?? 0) <= to,
    )

  function follows(each: ts.Diagnostic): boolean {
    if (!functionOf.has(each))
      return threads.some((one) => one && isOf(one, each) && (each.code === 2322 || each.code === 2345))
    const own = functionOf.get(each)
    if (!own || !(ts.isArrowFunction(own) || ts.isFunctionExpression(own))) return false
    const call = callOf(own)
    if (!call) return false
    if (ts.findAncestor(own.parent, (node) => withUntyped.has(node))) return true
    return isWrong(each.file, call.getStart(), own.getStart())
  }
  return found.filter((each) => !follows(each))
}

const isOf = (node: ts.Node, { file, start = 0 }: ts.Diagnostic): boolean =>
  file === node.getSourceFile() && start >= node.getStart() && start < node.end
