/** Has a checker infer what earlier cells declare, oldest first, so that no inference goes deeper than one cell. */
import ts from 'typescript'
import type { BoundFile } from './internals.ts'

export function inferInOrder(cells: readonly BoundFile[], checker: ts.TypeChecker): void {
  for (const { locals } of cells)
    locals?.forEach((symbol) => {
      if (!(symbol.flags & ts.SymbolFlags.Value)) return
      for (const signature of checker.getTypeOfSymbol(symbol).getCallSignatures())
        checker.getReturnTypeOfSignature(signature)
    })
}
