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

/**
 * A new checker infers types of earlier cells when a later one asks, each through the one before it: a thousand deep it
 * runs out of stack. Then it is asked once more, when `beginAgain` has made one that begins with the oldest.
 */
export function patiently<T>(ask: () => T, beginAgain: () => void): T {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    beginAgain()
    return ask()
  }
}
