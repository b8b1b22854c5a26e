/**
 * Types that several cells have declared under one name. A class with private members that is run again is a stranger
 * to TypeScript, though its objects do wherever the earlier ones did: here it is noticed which ones. And where something
 * still means an earlier one that differs, the message says so. Knows symbols and types; nothing of how cells run.
 */
import ts from 'typescript'
import { asFile, type BoundFile, internals } from './internals.ts'
import { differenceOf, isHidden } from './same-shape.ts'
import { cellName, outdated } from './wording.ts'

const OWN_TYPE = ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Enum

/** What is said of a value that is of an earlier type. */
const MISFITS = new Set([2322, 2339, 2345, 2353, 2367, 2551, 2678, 2739, 2740, 2741, 2769])

interface Generation {
  readonly symbol: ts.Symbol
  readonly serial: number
}

export class Generations {
  readonly #known = new Map<ts.__String, Generation[]>()
  readonly #serials = new WeakMap<ts.SourceFile, number>()
  /** Those that something else has named: of the many that a learner has tried, one or two. */
  readonly #named = new WeakSet<ts.Symbol>()

  remember(cell: BoundFile, serial: number): void {
    this.#serials.set(asFile(cell), serial)
    cell.locals?.forEach((symbol, name) => {
      if (!(symbol.flags & OWN_TYPE)) return
      const all = this.#known.get(name)
      if (all && all.at(-1)?.symbol === symbol) return
      if (all) all.push({ symbol, serial })
      else this.#known.set(name, [{ symbol, serial }])
    })
  }

  /** A name that something else has, whatever it is to it. */
  name(name: ts.__String): void {
    const newest = this.#known.get(name)?.at(-1)
    if (newest) this.#named.add(newest.symbol)
  }

  /** Oldest first, with that of a cell which is being checked. */
  #of(name: string, cell: BoundFile, serial: number): Generation[] {
    const escaped = ts.escapeLeadingUnderscores(name)
    const own = cell.locals?.get(escaped)
    const known = this.#known.get(escaped) ?? []
    return own && own.flags & OWN_TYPE && known.at(-1)?.symbol !== own ? [...known, { symbol: own, serial }] : known
  }

  /** Gives advice where something means what a type was before. */
  advise(found: readonly ts.Diagnostic[], cell: BoundFile, serial: number, checker: ts.TypeChecker): void {
    if (![...this.#known.keys(), ...(cell.locals?.keys() ?? [])].some((name) => this.#isAgain(name, cell, serial)))
      return
    try {
      for (const each of found.slice(0, MOST_ADVICE)) {
        const hint = this.#hint(each, cell, serial, checker)
        if (hint !== undefined) outdated.set(each, hint)
      }
    } catch (error) {
      // Types that nest too deeply for the stack.
      if (!(error instanceof RangeError)) throw error
    }
  }

  /**
   * Classes with private members of which the newest does where an earlier one did: TypeScript takes their objects for
   * strangers all the same. The earlier ones, each with what it is to mean from now on.
   */
  strangers(cell: BoundFile, serial: number, checker: ts.TypeChecker): Map<ts.Symbol, ts.Symbol> {
    const strangers = new Map<ts.Symbol, ts.Symbol>()
    const names = new Set([...this.#known.keys(), ...(cell.locals?.keys() ?? [])])
    for (const name of names) {
      const all = this.#of(ts.unescapeLeadingUnderscores(name), cell, serial)
      const newest = all.at(-1)?.symbol
      if (all.length < 2 || !newest || !(newest.flags & ts.SymbolFlags.Class)) continue
      const earlier = all
        .slice(0, -1)
        .filter(({ symbol }) => symbol.flags & ts.SymbolFlags.Class && this.#named.has(symbol))
      if (![newest, ...earlier.map(({ symbol }) => symbol)].some(hidesSomething)) continue
      const now = checker.getDeclaredTypeOfSymbol(newest)
      const fitting = earlier.filter(
        ({ symbol }) => differenceOf(checker.getDeclaredTypeOfSymbol(symbol), now, checker) === undefined,
      )
      for (const { symbol } of fitting) strangers.set(symbol, newest)
    }
    return strangers
  }

  #isAgain(name: ts.__String, cell: BoundFile, serial: number): boolean {
    return this.#of(ts.unescapeLeadingUnderscores(name), cell, serial).length > 1
  }

  /** They mean another one for good. */
  forget(replaced: ReadonlyMap<ts.Symbol, ts.Symbol>): void {
    for (const { escapedName } of replaced.keys()) {
      const all = this.#known.get(escapedName)
      if (all)
        this.#known.set(
          escapedName,
          all.filter(({ symbol }) => !replaced.has(symbol)),
        )
    }
  }

  /** Where something still means an earlier type than the one that the name has now. */
  #hint(found: ts.Diagnostic, cell: BoundFile, serial: number, checker: ts.TypeChecker): string | undefined {
    if (!MISFITS.has(found.code) || found.start === undefined) return undefined
    const values = valuesAround(internals.getTokenAtPosition(cell, found.start))
    for (const value of values.filter(ts.isCallExpression)) {
      const called = checker.getResolvedSignature(value)?.declaration
      const inCalled = called && this.#outdatedIn(called, cell, serial, checker)
      if (inCalled)
        return advice(
          inCalled,
          checker,
          value.expression.getText(),
          this.#serials.get(called.getSourceFile()) ?? 'unknown',
        )
    }
    for (const value of values) {
      const ofValue = this.#outdatedPart(checker.getTypeAtLocation(value), cell, serial, checker)
      if (ofValue) return advice(ofValue, checker, ts.isIdentifier(value) ? value.text : undefined)
    }
    return undefined
  }

  /** Of a type, of the members of a list of it, of what a promise of it brings. */
  #outdatedPart(
    type: ts.Type,
    cell: BoundFile,
    serial: number,
    checker: ts.TypeChecker,
    depth = 0,
  ): [Generation, Generation] | undefined {
    const own = this.#outdated(type.aliasSymbol ?? type.getSymbol(), cell, serial)
    if (own || depth === 3) return own
    const parts = type.isUnionOrIntersection() ? type.types : isReference(type) ? checker.getTypeArguments(type) : []
    for (const part of parts) {
      const found = this.#outdatedPart(part, cell, serial, checker, depth + 1)
      if (found) return found
    }
    return undefined
  }

  /** The generation of a symbol and the newest of its name, where that is another. */
  #outdated(symbol: ts.Symbol | undefined, cell: BoundFile, serial: number): [Generation, Generation] | undefined {
    if (!symbol || !(symbol.flags & OWN_TYPE)) return undefined
    const all = this.#of(symbol.name, cell, serial)
    const own = all.find((each) => each.symbol === symbol)
    const newest = all.at(-1)
    return own && newest && newest.symbol !== symbol ? [own, newest] : undefined
  }

  /** Of the types that a declaration asks for. */
  #outdatedIn(
    declaration: ts.SignatureDeclaration | ts.JSDocSignature,
    cell: BoundFile,
    serial: number,
    checker: ts.TypeChecker,
  ) {
    const visit = (node: ts.Node): [Generation, Generation] | undefined => {
      if (ts.isBlock(node)) return undefined
      const name = ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) ? node.typeName : undefined
      return (name && this.#outdated(checker.getSymbolAtLocation(name), cell, serial)) ?? ts.forEachChild(node, visit)
    }
    return visit(declaration)
  }
}

const isReference = (type: ts.Type): type is ts.TypeReference =>
  ((type as Partial<ts.ObjectType>).objectFlags ?? 0) & ts.ObjectFlags.Reference ? 'target' in type : false

/** More are not shown (diagnostics.ts). */
const MOST_ADVICE = 20

/** What is nested deeper took the checker long: it asks for each of them anew. */
const MOST_VALUES = 12

/** The expressions that a token is in, up to its statement, and those that are put there. */
function valuesAround(token: ts.Node): ts.Expression[] {
  const values: ts.Node[] = []
  for (let node = token; !ts.isSourceFile(node) && !ts.isBlock(node); node = node.parent) {
    if (values.length > MOST_VALUES) break
    values.push(node)
    // TypeScript tells of the place, not of the value.
    if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) values.push(node.initializer ?? node)
    else if (ts.isReturnStatement(node)) values.push(node.expression ?? node)
    else if (ts.isBinaryExpression(node)) values.push(node.right)
    // `clients.push({ … })`
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      values.push(node.expression.expression)
    if (ts.isStatement(node)) break
  }
  return values.filter(ts.isExpression)
}

/** `holder` is what means an earlier type; for a function, `made` is the number of its cell. */
function advice(
  [was, is]: [Generation, Generation],
  checker: ts.TypeChecker,
  holder?: string,
  made?: number | 'unknown',
): string {
  const { name } = was.symbol
  const who = holder === undefined ? 'This' : `\`${holder}\``
  const again =
    made === undefined
      ? 'make it again, too'
      : made === was.serial || made === 'unknown'
        ? `declare ${who} again, too`
        : `run ${cellName(made)} again, too`
  const [old, now] = [was, is].map(({ symbol }) => checker.getDeclaredTypeOfSymbol(symbol)) as [ts.Type, ts.Type]
  const difference = differenceOf(old, now, checker)
  const since = difference === undefined ? '' : ` (${difference})`
  return `${who} ${made === undefined ? 'was made for' : 'still means'} the \`${name}\` of ${cellName(was.serial)}, and ${cellName(is.serial, 'this cell')} has declared \`${name}\` again${since}: ${again}.`
}

const hidesSomething = ({ members }: ts.Symbol): boolean => [...(members?.values() ?? [])].some(isHidden)
