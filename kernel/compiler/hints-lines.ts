/**
 * What the line alone tells, a shell's or Python's; and lines that TypeScript reads as one: a line that begins with `[`, `(` or a backquote goes on with the one before, unless
 * that ends in `;`. Such a statement brings four errors of which none says why. Reads the tree, asks for no types.
 */
import ts from 'typescript'
import type { Rule } from './hints-places.ts'
import { magicLine, pythonLine, shellLine } from './python-words.ts'

/** Where what stands behind `of` begins: `[` of `value[…]`, `(` of a call, the backquote of a tagged text. */
function follower(of: ts.Node): { before: ts.Node; at: number } | undefined {
  if (ts.isElementAccessExpression(of))
    return { before: of.expression, at: opening(of, ts.SyntaxKind.OpenBracketToken) }
  if (ts.isCallExpression(of)) return { before: of.expression, at: opening(of, ts.SyntaxKind.OpenParenToken) }
  if (ts.isTaggedTemplateExpression(of)) return { before: of.tag, at: of.template.getStart() }
  return undefined
}

const opening = (of: ts.Node, kind: ts.SyntaxKind): number =>
  of
    .getChildren()
    .find((child) => child.kind === kind)
    ?.getStart() ?? of.end

/** The joint nearest to the place: before it or behind it, in the same statement. */
export const goesOn: Rule = ({ token }) => {
  const statement = ts.findAncestor(token, ts.isStatement)
  if (!statement) return undefined
  const { text } = token.getSourceFile()
  let found: string | undefined
  const visit = (node: ts.Node): void => {
    if (node !== statement && ts.isStatement(node)) return
    const joint = follower(node)
    if (joint && /\n\s*$/.test(text.slice(joint.before.end, joint.at))) found = text[joint.at]
    ts.forEachChild(node, visit)
  }
  visit(statement)
  const sign = found === '`' ? 'a backquote' : `\`${found}\``
  return found && `A line that begins with ${sign} goes on with the line before it: end that one with \`;\`.`
}

/** A line that ends with a dot takes the first name of the next as what is asked for. */
export const dotBefore: Rule = ({ token, message }) => {
  const before = token.getSourceFile().text.slice(0, token.getStart())
  return /^Property /.test(message) && /\.[^\S\n]*\r?\n\s*$/.test(before)
    ? 'The line before ends with a dot, so that it goes on here: a name is missing behind that dot.'
    : undefined
}

/** A line that begins as one for a shell, for IPython, or for Python. */
export const shell: Rule = ({ line }) => shellLine(line)
export const magic: Rule = ({ line }) => magicLine(line)

export const pythonSyntax: Rule = ({ line }) => {
  const hint = pythonLine(line)
  return hint && `This line reads like Python: ${hint}.`
}
