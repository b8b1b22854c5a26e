/**
 * A `using` at the top of a cell lives on after the cell: whoever runs the cell keeps the value and disposes it later.
 * For that it puts `(value, name, isAsync) => value` on `exports` under `Symbol.for("socketlab.using")`; without it the
 * value is merely not disposed. In a block `using` is JavaScript's own.
 */
import ts from 'typescript'

const { factory } = ts

/** The function that a top-level `using` calls, and where it comes from. */
export const KEEP_USING = '__keepUsing'
export const KEEP_USING_HELPER = `const ${KEEP_USING} = exports[Symbol.for("socketlab.using")] ?? ((value) => value);`

export const keepTopLevelUsing: ts.TransformerFactory<ts.SourceFile> = () => (file) => {
  const isUsing = (node: ts.Statement): node is ts.VariableStatement =>
    ts.isVariableStatement(node) && (node.declarationList.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using
  if (!file.statements.some(isUsing)) return file
  const statements = file.statements.map((statement) => {
    if (!isUsing(statement)) return statement
    const list = statement.declarationList
    const awaits = (list.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing
    const declarations = list.declarations.map((declaration) => {
      const name = ts.isIdentifier(declaration.name) ? declaration.name.text : ''
      const given = [
        declaration.initializer as ts.Expression,
        factory.createStringLiteral(name),
        awaits ? factory.createTrue() : factory.createFalse(),
      ]
      const call = factory.createCallExpression(factory.createIdentifier(KEEP_USING), undefined, given)
      return factory.updateVariableDeclaration(
        declaration,
        declaration.name,
        undefined,
        undefined,
        ts.setTextRange(call, declaration.initializer),
      )
    })
    const kept = ts.setTextRange(factory.createVariableDeclarationList(declarations, ts.NodeFlags.Const), list)
    return factory.updateVariableStatement(statement, statement.modifiers, kept)
  })
  return factory.updateSourceFile(file, statements)
}
