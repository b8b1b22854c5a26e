/**
 * Names that a cell declares which was refused: whoever asks for one later is told of that cell, instead of a cell that was
 * not run. Knows the text of cells, nothing of what is wrong with them.
 */
import ts from 'typescript'
import { boundIn } from './bound-names.ts'

/** By name the cell that would declare it. */
const rejected = new Map<string, string>()
let current = ''

/** From now on it is this cell that asks. */
export function nowCompiling(cell: string): void {
  current = cell
}

export function rejectCell(cell: string, code: string): void {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest)
  for (const statement of file.statements) for (const name of declaredBy(statement)) rejected.set(name, cell)
}

/** They are declared now, whoever does it. */
export function acceptNames(names: readonly string[]): void {
  for (const name of names) rejected.delete(name)
}

export const forgetRejected = (): void => rejected.clear()

/** The earlier cell that would declare this name. */
export function rejectedCellOf(name: string): string | undefined {
  const cell = rejected.get(name)
  return cell === current ? undefined : cell
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundIn(name))
  if (ts.isImportDeclaration(statement)) return importedBy(statement)
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return isNamed && statement.name ? [statement.name.text] : []
}

function importedBy({ importClause }: ts.ImportDeclaration): string[] {
  const { name, namedBindings } = importClause ?? {}
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings]
  return [name, ...named.map((each) => each?.name)].flatMap((each) => each?.text ?? [])
}
