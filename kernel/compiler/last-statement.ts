/**
 * tslab's converter takes the last statement of what is emitted for the cell's result. Where TypeScript has put a
 * statement of its own there (`(function (N) {…})(N || (N = {}))` of a namespace, a class's decorators), the converter
 * must not take that: an empty statement after it says so.
 */
import ts from 'typescript'

/** Leaves nothing behind in JavaScript. */
const isErased = (node: ts.Statement): boolean =>
  ts.isExportDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  (ts.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true)

export const guardLastStatement: ts.TransformerFactory<ts.SourceFile> = () => (file) => {
  const written = (ts.getParseTreeNode(file) as ts.SourceFile | undefined) ?? file
  const last = written.statements.findLast((statement) => !isErased(statement))
  if (!last) return file
  // What an interface leaves behind would hide the expression before it.
  if (ts.isExpressionStatement(last))
    return ts.factory.updateSourceFile(
      file,
      file.statements.filter((statement) => !ts.isNotEmittedStatement(statement)),
    )
  return ts.factory.updateSourceFile(file, [...file.statements, ts.factory.createEmptyStatement()])
}
