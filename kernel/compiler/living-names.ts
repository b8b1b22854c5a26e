/**
 * What tslab's converter must be told of names in one cell of the living program: which belong to earlier cells.
 */
import ts from 'typescript'
import { isAmbientName } from './ambient-names.ts'
import { type BoundFile, internals, withResolveName } from './internals.ts'
import { hasName, hasSymbol } from './living-scopes.ts'

interface Surroundings {
  checker(): ts.TypeChecker
  /** True from the emit on, when the converter asks about identifiers. */
  isSilent(): boolean
  isCell(file: ts.SourceFile): boolean
}

/** Implicit any and use before assignment: in a cell of its own a variable is as its declaration says. */
const UNSETTLED = new Set([7005, 7034, 2454])

/** A class that decorators' metadata name: TypeScript puts a copy of the type's name right into the scope. */
const isOfMetadata = ({ parent }: ts.Identifier): boolean =>
  parent !== undefined &&
  (ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isModuleBlock(parent) || ts.isCaseBlock(parent))

export function earlierNames(cell: BoundFile, prior: BoundFile, around: Surroundings) {
  const expanded = new WeakSet<ts.Node>()
  // All that the converter looks at.
  const fromPrior = { declarations: [{ getSourceFile: () => prior }] } as unknown as ts.Symbol

  /** A class of this cell may stand where earlier ones were. */
  const isEarlier = (name: ts.__String, symbol: ts.Symbol | undefined): boolean =>
    !isAmbientName(symbol) && hasSymbol(prior, name, symbol) && cell.locals?.get(name) !== symbol

  /** The checker as the converter sees it: an identifier's symbol is that of an earlier cell or none. */
  function checker(): ts.TypeChecker {
    const view = Object.create(around.checker()) as ts.TypeChecker
    view.getSymbolAtLocation = (node) => {
      if (!around.isSilent()) return around.checker().getSymbolAtLocation(node)
      if (expanded.has(node)) return fromPrior
      if (!ts.isIdentifier(node) || !hasName(prior, node.escapedText)) return undefined
      const original = ts.getParseTreeNode(node)
      const symbol = isOfMetadata(node)
        ? withResolveName(around.checker()).resolveName(node.text, node.parent, ts.SymbolFlags.Value, false)
        : original && around.checker().getSymbolAtLocation(original)
      return isEarlier(node.escapedText, symbol) ? fromPrior : undefined
    }
    return view
  }

  /** `let list = []` of an earlier cell is any[], `let n: number` has been assigned: no error in a later cell. */
  function isSettled({ code, file, start }: ts.Diagnostic): boolean {
    if (!UNSETTLED.has(code) || !file || start === undefined) return false
    const symbol = around.checker().getSymbolAtLocation(internals.getTokenAtPosition(file, start))
    return (symbol?.declarations ?? []).some((declaration) => {
      const from = declaration.getSourceFile()
      return from !== (cell as unknown) && around.isCell(from)
    })
  }

  /** `{ x }` with an earlier cell's x becomes `{ x: x }`, so that the converter can make it `{ x: exports.x }`. */
  const expandShorthand: ts.TransformerFactory<ts.SourceFile> = (context) => {
    const visit = (node: ts.Node): ts.Node => {
      if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context)
      const original = ts.getParseTreeNode(node)
      const symbol = original && around.checker().getShorthandAssignmentValueSymbol(original)
      if (!isEarlier(node.name.escapedText, symbol)) return ts.visitEachChild(node, visit, context)
      const value = ts.factory.createIdentifier(node.name.text)
      expanded.add(value)
      const fallback =
        node.objectAssignmentInitializer && (ts.visitNode(node.objectAssignmentInitializer, visit) as ts.Expression)
      const target = fallback ? ts.factory.createAssignment(value, fallback) : value
      return ts.setTextRange(ts.factory.createPropertyAssignment(node.name.text, target), node)
    }
    return (file) => ts.visitNode(file, visit) as ts.SourceFile
  }

  return { checker, isSettled, expandShorthand }
}
