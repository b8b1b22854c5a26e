/**
 * `declare const port: number` says that something outside the notebook has this name: a cell that reads it means the
 * global. Where an earlier cell has made a name, declaring it says no more than its type. Knows nothing of programs.
 */
import ts from 'typescript'
import type { BoundFile } from './internals.ts'
import { newestOf } from './living-scopes.ts'

/** Symbols of all cells that are names of the global object. */
const globals = new WeakSet<ts.Symbol>()

const isAmbient = (declaration: ts.Declaration): boolean =>
  (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) !== 0

const isValue = (symbol: ts.Symbol | undefined): boolean =>
  symbol !== undefined && (symbol.flags & ts.SymbolFlags.Value) !== 0

/** The names among those of a cell that has passed. */
export function ambientNames(cell: BoundFile, prior: BoundFile): Set<string> {
  const names = new Set<string>()
  cell.locals?.forEach((symbol, name) => {
    if (!isValue(symbol) || !symbol.declarations?.every(isAmbient)) return
    const earlier = newestOf(prior, name)
    if (earlier && isValue(earlier) && !globals.has(earlier)) return
    globals.add(symbol)
    names.add(ts.unescapeLeadingUnderscores(name))
  })
  return names
}

export const isAmbientName = (symbol: ts.Symbol | undefined): boolean => symbol !== undefined && globals.has(symbol)
