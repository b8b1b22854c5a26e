/**
 * JavaScript's oldest declaration: `age = 21` makes a name that all cells see, in a function's body too. Here is found
 * which names a cell makes so; it is then read again with a `var` for them, on the line before its own, so that no
 * place moves. `'use strict'` at a cell's top forbids it, as everywhere. Knows nothing of programs.
 */
import ts from 'typescript'
import { internals } from './internals.ts'

/** Nobody has declared it: alone, with a suggestion, in short for `{ name: name }`. */
const UNDECLARED = new Set([2304, 2552, 18004])

/** `name = …`, `[name] = …`, `({ name } = …)`, `for (name of …)`. */
function isAssigned(name: ts.Identifier): boolean {
  let node: ts.Node = name
  for (;;) {
    const { parent }: ts.Node = node
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      // `f(timeout = 5)` is how Python names an argument: that is told instead.
      return parent.left === node && !ts.isCallExpression(parent.parent)
    }
    if (ts.isForInStatement(parent) || ts.isForOfStatement(parent)) return parent.initializer === node
    const within =
      ts.isParenthesizedExpression(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent) ||
      (ts.isShorthandPropertyAssignment(parent) && parent.name === node) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === node)
    if (!within) return false
    node = parent
  }
}

/** A class is, and a function that says so: there no name is made. */
const isInStrictCode = (name: ts.Node): boolean =>
  ts.findAncestor(
    name,
    (each) =>
      ts.isClassLike(each) || (ts.isBlock(each) && ts.isFunctionLike(each.parent) && isStrict(each.getText().slice(1))),
  ) !== undefined

/** The names that a cell makes by assigning to them. */
export function namesMade(found: readonly ts.Diagnostic[]): string[] {
  const names = new Set<string>()
  for (const { code, file, start } of found) {
    if (!UNDECLARED.has(code) || !file || start === undefined) continue
    const token = internals.getTokenAtPosition(file, start)
    // `$$async$$ = true` speaks to another kernel.
    if (ts.isIdentifier(token) && isAssigned(token) && !isInStrictCode(token) && !token.text.startsWith('$$'))
      names.add(token.text)
  }
  return [...names]
}

/** What the converter puts before a cell, with the names declared. */
export const declaring = (text: string, names: readonly string[]): string =>
  names.length === 0 ? text : text.replace(/^export \{\};/, (prefix) => `${prefix} var ${names.join(', ')};`)

/** Does the cell forbid it? */
export const isStrict = (code: string): boolean => /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*(["'])use strict\1/.test(code)
