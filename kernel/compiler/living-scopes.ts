/**
 * Scopes of the living program: what a cell finds of the cells before it. A scope is a file whose names are the
 * earlier cells' own symbols, in the scope before it. Knows nothing of programs; asks for a symbol's meanings.
 */
import ts from 'typescript'
import { type BoundFile, internals, type SymbolTable } from './internals.ts'

/** Copying all names for each cell would cost n² memory, never merging them a chain of n scopes. */
const MERGE_AFTER = 32

const VALUE = 1
const TYPE = 2

/** A table of names; while tslab's converter would print them again as declarations, it shows none. */
class Names extends Map<ts.__String, ts.Symbol> {
  readonly #silent: () => boolean

  constructor(entries: Iterable<[ts.__String, ts.Symbol]>, silent: () => boolean) {
    super(entries)
    this.#silent = silent
  }

  override forEach(visit: (value: ts.Symbol, key: ts.__String, map: Map<ts.__String, ts.Symbol>) => void): void {
    if (!this.#silent()) super.forEach(visit)
  }
}

export class Scopes {
  readonly #known = new Map<string, BoundFile>()
  readonly #depth = new WeakMap<BoundFile, number>()
  readonly #fileName: string
  readonly #parse: (text: string) => BoundFile
  readonly #flagsOf: (symbol: ts.Symbol) => ts.SymbolFlags
  readonly empty: BoundFile
  /** Set while the converter must not see the names. */
  silent = false

  constructor(fileName: string, parse: (text: string) => BoundFile, flagsOf: (symbol: ts.Symbol) => ts.SymbolFlags) {
    this.#fileName = fileName
    this.#parse = parse
    this.#flagsOf = flagsOf
    this.empty = this.#file([], undefined)
  }

  /** The scope that a key in the converter's "earlier declarations" stands for. */
  of(declarations: string | undefined): BoundFile {
    const key = /\/\*after cell (\d+)\*\//.exec(declarations ?? '')?.[1]
    return (key && this.#known.get(key)) || this.empty
  }

  /** Opens the scope that `cell` leaves behind; returns it and its key. */
  put(serial: number, previous: BoundFile, cell: BoundFile): { key: string; scope: BoundFile } {
    this.silent = false
    const scope = this.#after(previous, cell)
    this.#known.set(String(serial), scope)
    return { key: `/*after cell ${serial}*/\n`, scope }
  }

  /** Closes a scope for good, when it is called. */
  forgetter(serial: number): () => void {
    return () => this.#known.delete(String(serial))
  }

  /** From now on these symbols are others, wherever a scope or one of these cells has them. What takes it back. */
  replace(others: ReadonlyMap<ts.Symbol, ts.Symbol>, cells: readonly BoundFile[]): (() => void)[] {
    const tables = new Set([...this.#known.values(), ...cells].flatMap(tablesOf))
    const undo: (() => void)[] = []
    for (const table of tables)
      for (const [old, now] of others) {
        if (table.get(old.escapedName) !== old) continue
        table.set(old.escapedName, now)
        undo.push(() => table.set(old.escapedName, old))
      }
    return undo
  }

  #after(previous: BoundFile, cell: BoundFile): BoundFile {
    const scope = this.#file(cell.locals ?? [], previous)
    const depth = (this.#depth.get(previous) ?? 0) + 1
    this.#depth.set(scope, depth)
    return depth < MERGE_AFTER ? scope : this.#merged(scope)
  }

  /** Two tables of all: the newest symbol of each name, and those they hide in part (`let P` leaves `interface P`). */
  #merged(scope: BoundFile): BoundFile {
    const newest: SymbolTable = new Map()
    const older: SymbolTable = new Map()
    for (const table of tablesOf(scope).reverse())
      table.forEach((symbol, name) => {
        const now = this.#meanings(symbol)
        const before = newest.get(name)
        const oldest = older.get(name)
        if (before && this.#meanings(before) & ~now) older.set(name, before)
        else if (oldest && !(this.#meanings(oldest) & ~now)) older.delete(name)
        newest.set(name, symbol)
      })
    return this.#file(newest, this.#file(older, undefined))
  }

  #meanings(symbol: ts.Symbol): number {
    const flags = this.#flagsOf(symbol)
    const isType = flags & (ts.SymbolFlags.Type | (ts.SymbolFlags.Namespace & ~ts.SymbolFlags.Value))
    return (flags & ts.SymbolFlags.Value ? VALUE : 0) | (isType ? TYPE : 0)
  }

  #file(names: Iterable<[ts.__String, ts.Symbol]>, parent: BoundFile | undefined): BoundFile {
    const file = this.#parse('export {};')
    file.path = file.resolvedPath = this.#fileName
    internals.bindSourceFile(file, {})
    file.locals = new Names(names, () => this.silent)
    Object.assign(file, { statements: ts.factory.createNodeArray([]), parent })
    return file
  }
}

function tablesOf(scope: BoundFile): SymbolTable[] {
  const tables: SymbolTable[] = []
  for (let at: BoundFile | undefined = scope; at; at = at.parent) if (at.locals) tables.push(at.locals)
  return tables
}

/** What the name means to a cell after this scope. */
export function newestOf(scope: BoundFile, name: ts.__String): ts.Symbol | undefined {
  for (let at: BoundFile | undefined = scope; at; at = at.parent) {
    const symbol = at.locals?.get(name)
    if (symbol) return symbol
  }
  return undefined
}

/** Is there such a name in the scope? */
export const hasName = (scope: BoundFile, name: ts.__String): boolean =>
  tablesOf(scope).some((table) => table.has(name))

/** Is it this very symbol that the scope has under the name? */
export const hasSymbol = (scope: BoundFile, name: ts.__String, symbol: ts.Symbol | undefined): boolean =>
  symbol !== undefined && tablesOf(scope).some((table) => table.get(name) === symbol)
