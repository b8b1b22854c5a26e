/** The source of what a notebook's own cells and local files declare: functions, classes, types. Knows no messages. */
import { relative } from 'node:path'
import ts from 'typescript'
import { isCellFile } from './cell-file.ts'
import { asBound } from './internals.ts'
import { cellName } from './wording.ts'

const LONGEST = 20_000

export interface Source {
  text: string
  /** `cell [3]`, or a path from the notebook's folder. */
  place: string
}

/** Of a variable only where it holds a function or a class: a value is looked at by running a cell. */
function declarationNode(node: ts.Declaration): ts.Node | undefined {
  if (ts.isVariableDeclaration(node)) {
    const { initializer } = node
    const isCode = initializer && (ts.isFunctionLike(initializer) || ts.isClassLike(initializer))
    return isCode ? node.parent.parent : undefined
  }
  const has =
    (ts.isFunctionLike(node) && 'body' in node) ||
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node)
  return has ? node : undefined
}

export function sourceOf(symbol: ts.Symbol, checker: ts.TypeChecker, folder: string): Source | undefined {
  const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  // `new Peer()` asks for the class: its constructor is a part of it.
  const declarations = (own.declarations ?? []).filter((each) => {
    const { fileName, isDeclarationFile } = each.getSourceFile()
    return !isDeclarationFile && !fileName.includes('/node_modules/')
  })
  const texts = declarations.flatMap((each) => declarationNode(each)?.getText() ?? [])
  const file = declarations[0]?.getSourceFile()
  if (!file || texts.length === 0) return undefined
  const text = texts.join('\n')
  return { text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, place: placeOf(file, folder) }
}

function placeOf(file: ts.SourceFile, folder: string): string {
  if (!isCellFile(file.fileName)) return relative(folder, file.fileName)
  // The name has lost its number once the cell has passed.
  return cellName(Number(/__tslab__(\d+)/.exec(asBound(file).path)?.[1]), 'this cell')
}
