/** Does a cell wait for what stands in a variable? Reads the cell alone; knows no types. */
import ts from 'typescript'

/** `await p`, `Promise.all([p])`, `p.then(…)`: whoever writes this knows what `p` is, and may look at it. */
export function isWaitedFor(file: ts.SourceFile, name: string): boolean {
  const names = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, names) ?? false)
  const visit = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) && names(node.expression)) return true
    if (ts.isVoidExpression(node) && names(node.expression)) return true
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name: method } = node.expression
      if (/^(?:then|catch|finally)$/.test(method.text) && names(expression)) return true
      if (expression.getText(file) === 'Promise' && node.arguments.some(names)) return true
    }
    return ts.forEachChild(node, visit) ?? false
  }
  return visit(file)
}
