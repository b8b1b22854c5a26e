/**
 * One binding for all cells means that a redeclared name reaches functions that were checked with another type. Here
 * it is noticed which ones: functions of earlier cells that use the name, are still there, and do not fit the new type.
 * Knows symbols and types; nothing of how cells run.
 */
import ts from 'typescript'
import type { BoundFile } from './internals.ts'
import { newestOf } from './living-scopes.ts'
import { cellName } from './wording.ts'

interface Use {
  /** What the name meant to the function. */
  symbol: ts.Symbol
  /** The top-level declaration that the function belongs to; none for a mere callback. */
  holder: ts.Symbol | undefined
  serial: number
}

export class Redeclared {
  readonly #uses = new Map<ts.__String, Use[]>()

  /** Remembers which top-level names the functions of a cell use. */
  remember(cell: BoundFile, prior: BoundFile, checker: ts.TypeChecker, serial: number): void {
    const meant = (node: ts.Identifier): ts.Symbol | undefined => {
      const name = node.escapedText
      const candidate = cell.locals?.get(name) ?? newestOf(prior, name)
      return candidate && checker.getSymbolAtLocation(node) === candidate ? candidate : undefined
    }
    for (const statement of (cell as unknown as ts.SourceFile).statements) {
      const holder = holderOf(statement, cell)
      const visit = (node: ts.Node, inFunction: boolean): void => {
        if (ts.isTypeNode(node)) return
        if (inFunction && ts.isIdentifier(node)) {
          const symbol = meant(node)
          if (symbol && symbol !== holder && symbol.flags & ts.SymbolFlags.Value)
            this.#add(node.escapedText, { symbol, holder, serial })
        }
        ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)))
      }
      visit(statement, false)
    }
  }

  #add(name: ts.__String, use: Use): void {
    const known = this.#uses.get(name) ?? []
    this.#uses.set(name, known)
    if (!known.some((each) => each.symbol === use.symbol && each.holder === use.holder && each.serial === use.serial))
      known.push(use)
  }

  /** What to tell of a cell that has passed. `scope` is the one that it leaves behind. */
  notes(cell: BoundFile, scope: BoundFile, checker: ts.TypeChecker): ts.Diagnostic[] {
    const notes: ts.Diagnostic[] = []
    cell.locals?.forEach((symbol, name) => {
      const uses = this.#uses.get(name)
      const place = symbol.declarations?.[0]
      if (!uses || !place || !(symbol.flags & ts.SymbolFlags.Value)) return
      const type = checker.getTypeOfSymbol(symbol)
      const current = uses.filter(({ holder }) => !holder || newestOf(scope, holder.escapedName) === holder)
      this.#uses.set(name, current)
      const unfit = current.filter(
        (use) =>
          use.symbol !== symbol &&
          !sameText(use.symbol, symbol) &&
          !fits(checker.getTypeOfSymbol(use.symbol), type, checker),
      )
      if (unfit.length === 0) return
      const cells = [...new Set(unfit.map(({ serial }) => cellName(serial)))].join(', ')
      const was = checker.typeToString(checker.getTypeOfSymbol((unfit[0] as Use).symbol))
      const node = ts.getNameOfDeclaration(place as ts.Declaration) ?? place
      notes.push({
        file: cell as unknown as ts.SourceFile,
        start: node.getStart(cell as unknown as ts.SourceFile),
        length: node.end - node.getStart(cell as unknown as ts.SourceFile),
        code: 0,
        category: ts.DiagnosticCategory.Warning,
        messageText: `\`${name}\` has another type now: functions of ${cells} use it as \`${was}\`, and get \`${checker.typeToString(type)}\`. If that was not meant, change it or run ${cells} again.`,
      })
    })
    return notes
  }
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

/** The same cell, run again. */
const sameText = (a: ts.Symbol, b: ts.Symbol) => a.declarations?.[0]?.getText() === b.declarations?.[0]?.getText()
