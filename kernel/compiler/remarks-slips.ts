/**
 * Slips that leave something which runs and does nothing: a `;` behind `for (…)`, curly brackets for an object where they
 * hold a function's lines, more names than `split` gives parts. Looks at places alone; knows nothing of cells.
 */
import ts from 'typescript'
import { inShort } from './hints-places.ts'

type Remark = [at: ts.Node, text: string] | undefined

export const ofSlips = (node: ts.Node): Remark => nothingRepeated(node) ?? objectAsLines(node) ?? partsMissing(node)

/** `while (n < 3); { n++ }`, where something follows in the same line or in a block. */
function nothingRepeated(node: ts.Node): Remark {
  if (!ts.isIterationStatement(node, false) || !ts.isEmptyStatement(node.statement) || !follows(node)) return undefined
  const word = ts.isWhileStatement(node) ? 'while' : 'for'
  return [
    node.statement,
    `The \`;\` ends the \`${word}\`: it repeats nothing, and what follows runs once. Leave it out.`,
  ]
}

/** A loop whose head does all the work stands alone; what it was to hold stands behind it. */
function follows(node: ts.Node): boolean {
  const { parent } = node
  if (!ts.isSourceFile(parent) && !ts.isBlock(parent)) return false
  const next = parent.statements[parent.statements.indexOf(node as ts.Statement) + 1]
  if (!next) return false
  const between = node.getSourceFile().text.slice(node.end, next.getStart())
  return ts.isBlock(next) || !between.includes('\n')
}

/** `const f = () => { a: 1 }` */
function objectAsLines(node: ts.Node): Remark {
  if (!ts.isArrowFunction(node) || !ts.isBlock(node.body)) return undefined
  const [only, ...others] = node.body.statements
  if (!only || others.length > 0 || !ts.isLabeledStatement(only) || !ts.isExpressionStatement(only.statement))
    return undefined
  return [
    node.body,
    `The curly brackets hold the function's lines here, and it gives nothing. An object stands in brackets: \`({ ${inShort(only, '…', 40)} })\`.`,
  ]
}

/** `const [command, rest] = line.split(" ", 1)` */
function partsMissing(node: ts.Node): Remark {
  if (!ts.isVariableDeclaration(node) || !ts.isArrayBindingPattern(node.name) || !node.initializer) return undefined
  const call = node.initializer
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined
  const [, most] = call.arguments
  if (call.expression.name.text !== 'split' || !most || !ts.isNumericLiteral(most)) return undefined
  const names = node.name.elements.length
  if (names <= Number(most.text) || node.name.elements.some((one) => !ts.isOmittedExpression(one) && one.initializer))
    return undefined
  const text = inShort(call.expression.expression, 'text', 30)
  const first = inShort(call.arguments[0] as ts.Node, '" "', 10)
  return [
    most,
    `Here it says how many parts come, and the rest is thrown away. In two at the first: \`const at = ${text}.indexOf(${first})\`, then \`${text}.slice(0, at)\` and \`${text}.slice(at + 1)\`.`,
  ]
}
