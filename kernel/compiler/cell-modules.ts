/** Which modules a cell names, whether it adds to global or module types, whether it has JSX. By its syntax alone. */
import ts from 'typescript'
import { asBound, type BoundFile, internals } from './internals.ts'

function specifierOf(node: ts.Node): ts.Expression | ts.TypeNode | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportEqualsDeclaration(node))
    return ts.isExternalModuleReference(node.moduleReference) ? node.moduleReference.expression : undefined
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? (node.argument.literal as ts.Expression) : undefined
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0]
  return undefined
}

/** In JavaScript `require` is an import, with types. */
const required = (node: ts.Node): ts.Expression | undefined =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require'
    ? node.arguments[0]
    : undefined

/** Fills the cell's `imports` and `moduleAugmentations`, as a program would. True where it augments. */
export function collectModules(cell: BoundFile): boolean {
  const imports: ts.StringLiteralLike[] = []
  const isJavaScript = cell.fileName.endsWith('.js')
  let augments = false
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node) ?? (isJavaScript ? required(node) : undefined)
    if (specifier && ts.isStringLiteralLike(specifier)) imports.push(specifier)
    if (
      ts.isModuleDeclaration(node) &&
      (ts.isStringLiteral(node.name) || node.flags & ts.NodeFlags.GlobalAugmentation)
    ) {
      augments = true
      cell.moduleAugmentations.push(node.name)
    }
    ts.forEachChild(node, visit)
  }
  visit(cell as unknown as ts.SourceFile)
  cell.imports = imports
  return augments
}

/** A file that was parsed, with all that a program would have given it, and bound. */
export function asCell(file: BoundFile, options: ts.CompilerOptions): BoundFile {
  file.path = file.resolvedPath = file.originalFileName = file.fileName
  Object.assign(file, { imports: [], moduleAugmentations: [], ambientModuleNames: [] })
  internals.bindSourceFile(file, options)
  // `declare global` is no name that tslab could export.
  file.locals?.delete('__global' as ts.__String)
  return file
}

/** What is no TypeScript may be TypeScript with JSX in it, as Deno's cells may have: that reads `<T>x` differently. */
export function withJsx(name: string, text: string, options: ts.CreateSourceFileOptions): BoundFile | undefined {
  if (!/<\/|\/>/.test(text)) return undefined
  const file = asBound(ts.createSourceFile(name, text, options, false, ts.ScriptKind.TSX))
  return file.parseDiagnostics.length === 0 ? file : undefined
}
