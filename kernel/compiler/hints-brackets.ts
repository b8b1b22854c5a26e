/** A bracket that closes nothing, and one that nothing closes. Reads tokens, no tree: where brackets do not fit, the tree is a guess. */
import ts from 'typescript'
import type { Rule } from './hints-places.ts'

const { SyntaxKind } = ts

const OPENS = new Map<ts.SyntaxKind, ts.SyntaxKind>([
  [SyntaxKind.OpenParenToken, SyntaxKind.CloseParenToken],
  [SyntaxKind.OpenBracketToken, SyntaxKind.CloseBracketToken],
  [SyntaxKind.OpenBraceToken, SyntaxKind.CloseBraceToken],
  [SyntaxKind.TemplateHead, SyntaxKind.TemplateTail],
])
const CLOSES = new Set<ts.SyntaxKind>(OPENS.values())

/** After these a slash divides; elsewhere it begins a pattern. */
const VALUES = new Set<ts.SyntaxKind>([...CLOSES, SyntaxKind.Identifier, SyntaxKind.NumericLiteral])

/** Whether nothing is open at the end of a text; undefined where its brackets do not fit anyway. */
function nothingOpen(text: string): boolean | undefined {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text)
  const open: ts.SyntaxKind[] = []
  let before = SyntaxKind.Unknown
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const inTemplate = open.at(-1) === SyntaxKind.TemplateTail
    if (kind === SyntaxKind.CloseBraceToken && inTemplate) kind = scanner.reScanTemplateToken(false)
    else if ((kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken) && !VALUES.has(before))
      kind = scanner.reScanSlashToken()
    const closes = OPENS.get(kind)
    if (closes !== undefined) open.push(closes)
    else if (CLOSES.has(kind) && open.pop() !== kind) return undefined
    before = kind
  }
  return open.length === 0
}

/** At `)`, `]` or `}`, where nothing is open. */
export const closesNothing: Rule = ({ token, start }) => {
  const { text } = token.getSourceFile()
  const bracket = text[start] ?? ''
  return ')]}'.includes(bracket) && bracket && nothingOpen(text.slice(0, start))
    ? `One closing bracket too many: this \`${bracket}\` closes nothing.`
    : undefined
}

/** Where the cell ends before a bracket does. */
export const openBracket: Rule = ({ message, token }) =>
  /^'[)}\],]' expected/.test(message) && token.end >= token.getSourceFile().text.trimEnd().length
    ? 'A bracket that was opened further up is not closed.'
    : undefined

/** `for (let i = 0, i < 3, i++)` */
export const commasInFor: Rule = ({ line }) =>
  /^\s*for\s*\([^;]*,[^;]*,/.test(line)
    ? 'The three parts of a `for` are separated by `;`: `for (let i = 0; i < 3; i++)`.'
    : undefined
