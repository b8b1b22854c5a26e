/**
 * One binding for all cells means that a redeclared name reaches functions that were checked with another type; and a
 * redeclared type does not reach what was checked with the earlier one. Here it is noticed which ones: declarations of
 * earlier cells that use the name, are still there, and do not fit. Knows symbols and types; nothing of how cells run.
 */
import ts from 'typescript'
import { Generations } from './generations.ts'
import type { BoundFile } from './internals.ts'
import { newestOf } from './living-scopes.ts'
import { differenceOf, differenceOfClasses, sameText } from './same-shape.ts'
import { cellName } from './wording.ts'

interface Use {
  /** What the name meant there. */
  symbol: ts.Symbol
  /** The top-level declaration that it belongs to; none for a mere callback. */
  holder: ts.Symbol | undefined
  serial: number
}

/** What several cells may declare under one name, and that is of a kind by its name alone. */
const NAMED = ts.SymbolFlags.Class | ts.SymbolFlags.Enum | ts.SymbolFlags.ValueModule
const TYPE = ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Enum

export class Redeclared {
  readonly #uses = new Map<ts.__String, Use[]>()
  readonly #typeUses = new Map<ts.__String, Use[]>()
  /** Variables that hold an object of a class, and classes that extend it. */
  readonly #keepers = new Map<ts.__String, Use[]>()
  readonly generations = new Generations()

  /** Remembers which top-level names the functions of a cell use, and which types its declarations do. */
  remember(cell: BoundFile, prior: BoundFile, checker: ts.TypeChecker, serial: number): void {
    this.generations.remember(cell, serial)
    const meant = (node: ts.Identifier): ts.Symbol | undefined => {
      const name = node.escapedText
      const candidate = cell.locals?.get(name) ?? newestOf(prior, name)
      return candidate && checker.getSymbolAtLocation(node) === candidate ? candidate : undefined
    }
    for (const statement of (cell as unknown as ts.SourceFile).statements) {
      const holder = holderOf(statement, cell)
      const visit = (node: ts.Node, inFunction: boolean): void => {
        if (ts.isIdentifier(node) && node.escapedText !== holder?.escapedName) this.generations.name(node.escapedText)
        if (holder && ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
          const symbol = meant(node.typeName)
          if (symbol && symbol !== holder && symbol.flags & TYPE)
            add(this.#typeUses, node.typeName.escapedText, { symbol, holder, serial })
        } else if (inFunction && ts.isIdentifier(node) && !ts.isTypeNode(node.parent)) {
          const symbol = meant(node)
          if (symbol && symbol !== holder && symbol.flags & ts.SymbolFlags.Value)
            add(this.#uses, node.escapedText, { symbol, holder, serial })
        }
        ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)))
      }
      visit(statement, false)
      for (const [name, keeper] of keepersIn(statement, cell)) {
        const symbol = meant(name)
        if (symbol && symbol.flags & ts.SymbolFlags.Class)
          add(this.#keepers, name.escapedText, { symbol, holder: keeper, serial })
      }
    }
  }

  /** What to tell of a cell that has passed. `scope` is the one that it leaves behind. */
  notes(cell: BoundFile, scope: BoundFile, checker: ts.TypeChecker): ts.Diagnostic[] {
    const notes: ts.Diagnostic[] = []
    cell.locals?.forEach((symbol, name) => {
      const place = symbol.declarations?.[0]
      if (!place) return
      const ofOthers = (uses: Map<ts.__String, Use[]>): Use[] => {
        const current = uses
          .get(name)
          ?.filter(({ holder }) => !holder || newestOf(scope, holder.escapedName) === holder)
        if (!current) return []
        uses.set(name, current)
        return current.filter((use) => use.symbol !== symbol && !sameText(use.symbol, symbol))
      }
      const values = ofOthers(this.#uses)
      const messages = [
        ofType(symbol, values, ofOthers(this.#typeUses), checker) ??
          (symbol.flags & ts.SymbolFlags.Value ? ofValue(symbol, values, checker) : undefined),
        ...(symbol.flags & ts.SymbolFlags.Class ? ofKeepers(symbol, ofOthers(this.#keepers), checker) : []),
      ]
      const node = ts.getNameOfDeclaration(place as ts.Declaration) ?? place
      for (const messageText of messages)
        if (messageText !== undefined)
          notes.push({
            file: cell as unknown as ts.SourceFile,
            start: node.getStart(cell as unknown as ts.SourceFile),
            length: node.end - node.getStart(cell as unknown as ts.SourceFile),
            code: 0,
            category: ts.DiagnosticCategory.Warning,
            messageText,
          })
    })
    return notes
  }
}

function add(uses: Map<ts.__String, Use[]>, name: ts.__String, use: Use): void {
  const known = uses.get(name) ?? []
  uses.set(name, known)
  if (!known.some((each) => each.symbol === use.symbol && each.holder === use.holder && each.serial === use.serial))
    known.push(use)
}

const cellsOf = (uses: readonly Use[]): string => [...new Set(uses.map(({ serial }) => cellName(serial)))].join(', ')

/** `const room = new Room()`, `class Hall extends Room`: each with the name of the class. */
function keepersIn(statement: ts.Statement, cell: BoundFile): [ts.Identifier, ts.Symbol][] {
  const found: [ts.Identifier, ts.Symbol][] = []
  const put = (name: ts.Node | undefined, keeper: ts.Node | undefined) => {
    const symbol = keeper && ts.isIdentifier(keeper) ? cell.locals?.get(keeper.escapedText) : undefined
    if (symbol && name && ts.isIdentifier(name)) found.push([name, symbol])
  }
  if (ts.isVariableStatement(statement))
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer && ts.isNewExpression(initializer)) put(initializer.expression, name)
  if (ts.isClassDeclaration(statement))
    put(
      statement.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression,
      statement.name,
    )
  return found
}

/**
 * What was made by the class that was, as in Python, goes on as it was: whoever mends a method does not see it there. Where
 * a class has other members now, it may as well be another one under the same name.
 */
function ofKeepers(symbol: ts.Symbol, all: readonly Use[], checker: ts.TypeChecker): string[] {
  const isMended = ({ symbol: old }: Use) =>
    differenceOfClasses(old, symbol, checker) === undefined && differenceOfClasses(symbol, old, checker) === undefined
  const keepers = all.filter(isMended)
  const isClass = ({ holder }: Use) => ((holder?.flags ?? 0) & ts.SymbolFlags.Class) !== 0
  const told = (some: readonly Use[], one: string, many: string) => {
    const names = [...new Set(some.map(({ holder }) => `\`${holder?.name}\``))].join(', ')
    return some.length === 0
      ? []
      : [
          `${names} of ${cellsOf(some)} ${some.length === 1 ? one : many} the earlier \`${symbol.name}\`. To have the new one, run ${cellsOf(some)} again.`,
        ]
  }
  return [
    ...told(
      keepers.filter((one) => !isClass(one)),
      'was made by',
      'were made by',
    ),
    ...told(keepers.filter(isClass), 'extends', 'extend'),
  ]
}

function ofValue(symbol: ts.Symbol, uses: readonly Use[], checker: ts.TypeChecker): string | undefined {
  const type = checker.getTypeOfSymbol(symbol)
  const unfit = uses.filter(
    (use) => !(use.symbol.flags & symbol.flags & NAMED) && !fits(checker.getTypeOfSymbol(use.symbol), type, checker),
  )
  if (unfit.length === 0) return undefined
  const cells = cellsOf(unfit)
  const was = checker.typeToString(checker.getTypeOfSymbol((unfit[0] as Use).symbol))
  return `\`${symbol.name}\` has another type now: functions of ${cells} use it as \`${was}\`, and get \`${checker.typeToString(type)}\`. If that was not meant, change it or run ${cells} again.`
}

/** Classes, interfaces, enums and namespaces: what they hold is looked at, their names say nothing. */
function ofType(
  symbol: ts.Symbol,
  values: readonly Use[],
  types: readonly Use[],
  checker: ts.TypeChecker,
): string | undefined {
  const unfit: Use[] = []
  let difference: string | undefined
  const look = (use: Use, found: string | undefined) => {
    if (found === undefined) return
    difference ??= found
    unfit.push(use)
  }
  for (const use of values) look(use, changeOfValue(use.symbol, symbol, checker))
  for (const use of types) look(use, changeOfType(use.symbol, symbol, checker))
  if (difference === undefined) return undefined
  // Its own cell, run again, would bring the earlier one back.
  const others = unfit.filter((use) => fileOf(use.holder) !== fileOf(use.symbol))
  const again = others.length > 0 ? `run ${cellsOf(others)} again` : `change it in ${cellsOf(unfit)} and run that`
  const cells = cellsOf(unfit)
  return `\`${symbol.name}\` is another ${symbol.flags & TYPE ? 'type' : 'one'} now (${difference}): ${cells} ${cells.includes(',') ? 'were' : 'was'} checked with the earlier one. If that was meant, ${again}.`
}

const fileOf = (symbol: ts.Symbol | undefined): ts.SourceFile | undefined => symbol?.declarations?.[0]?.getSourceFile()

function changeOfValue(old: ts.Symbol, now: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  const both = old.flags & now.flags
  if (both & ts.SymbolFlags.Class) return differenceOfClasses(old, now, checker)
  if (both & ts.SymbolFlags.Enum) return changeOfEnums(old, now)
  if (!(both & ts.SymbolFlags.ValueModule)) return undefined
  return differenceOf(checker.getTypeOfSymbol(old), checker.getTypeOfSymbol(now), checker)
}

function changeOfType(old: ts.Symbol, now: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  if (old.flags & now.flags & ts.SymbolFlags.Enum) return changeOfEnums(old, now)
  if (!(old.flags & TYPE) || !(now.flags & TYPE)) return undefined
  const [was, is] = [checker.getDeclaredTypeOfSymbol(old), checker.getDeclaredTypeOfSymbol(now)]
  const difference = differenceOf(was, is, checker)
  // Who makes an object of a class has it made by the class; of an interface, writes down what is in it.
  return difference ?? (now.flags & ts.SymbolFlags.Class ? undefined : newIn(was, is, checker))
}

function changeOfEnums(old: ts.Symbol, now: ts.Symbol): string | undefined {
  const [was, is] = [old, now].map(({ exports }) => [...(exports?.values() ?? [])].map(({ name }) => name)) as [
    string[],
    string[],
  ]
  const gone = was.find((name) => !is.includes(name))
  const added = is.find((name) => !was.includes(name))
  return gone !== undefined ? `\`${gone}\` is gone` : added !== undefined ? `\`${added}\` is new` : undefined
}

function newIn(was: ts.Type, is: ts.Type, checker: ts.TypeChecker): string | undefined {
  const difference = differenceOf(is, was, checker)
  return difference?.replace(/ is gone$/, ' is new')
}

/** The declared name that a statement's functions live and die with. */
function holderOf(statement: ts.Statement, cell: BoundFile): ts.Symbol | undefined {
  const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement
  const name = declared && ts.getNameOfDeclaration(declared as unknown as ts.Declaration)
  return name && ts.isIdentifier(name) ? cell.locals?.get(name.escapedText) : undefined
}

/** `const port = 5000` that is 6000 now is another value, not another type; `["localhost", 5000] as const` too. */
function fits(old: ts.Type, current: ts.Type, checker: ts.TypeChecker): boolean {
  if (checker.isTypeAssignableTo(current, checker.getBaseTypeOfLiteralType(old))) return true
  const withoutValues = (type: ts.Type) =>
    checker
      .typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
      .replace(/"(?:[^"\\]|\\.)*"/g, 'string')
      .replace(/(?<![\w$.])-?\d[\w.+-]*n\b/g, 'bigint')
      .replace(/(?<![\w$.])-?\d[\w.+-]*/g, 'number')
      .replace(/(?<![\w$.])(?:true|false)(?![\w$])/g, 'boolean')
  return withoutValues(old) === withoutValues(current)
}
