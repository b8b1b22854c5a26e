/**
 * What a JavaScript cell does in a `try` in order to see it fail: lessons on errors ask for names that nobody has
 * declared, and on `const` assign to one. Only finds; what is let pass is strictness.ts's.
 */
import ts from 'typescript'
import { internals } from './internals.ts'

/** In a `try` that has a `catch`, and not in a function that is only made there. */
export function isCaught({ file, start }: ts.Diagnostic): boolean {
  if (!file || start === undefined) return false
  let node = internals.getTokenAtPosition(file, start)
  for (; node.parent && !ts.isFunctionLike(node); node = node.parent)
    if (ts.isTryStatement(node.parent) && node.parent.catchClause && node.parent.tryBlock === node) return true
  return false
}

/** "… because it is a constant", "… an import". */
const CONSTANT = new Set([2588, 2632])

/** `let`, `var`, and `let fs = require("fs")`, which TypeScript takes for an import. */
export const isVariable = (declaration: ts.Node): boolean =>
  (ts.isVariableDeclaration(declaration) || ts.isBindingElement(declaration)) &&
  (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Constant) === 0

const isLocal = (declaration: ts.Node): boolean =>
  ts.findAncestor(declaration.parent, (each) => ts.isBlock(each) || ts.isFunctionLike(each)) !== undefined

/** Constants of the notebook that are assigned to so: as properties of `exports` they would change. */
export function constantsTried(found: readonly ts.Diagnostic[], program: ts.Program): Set<string> {
  const names = new Set<string>()
  for (const each of found) {
    if (!CONSTANT.has(each.code) || !isCaught(each)) continue
    const name = internals.getTokenAtPosition(each.file, each.start as number)
    const [declaration] = program.getTypeChecker().getSymbolAtLocation(name)?.declarations ?? []
    if (ts.isIdentifier(name) && declaration && !isVariable(declaration) && !isLocal(declaration)) names.add(name.text)
  }
  return names
}

/** Stands where such a name is assigned to, and throws what V8 would. */
export const REFUSING = '({ set to(value) { throw new TypeError("Assignment to constant variable."); } }).to'
