/**
 * Messages that only follow from another one: a function that is handed to a call gets no types for its parameters where
 * the call itself is wrong. To write a type at each would mend nothing. Looks at the code around; asks for no types.
 */
import ts from 'typescript'
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

export function withoutConsequences(found: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
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
