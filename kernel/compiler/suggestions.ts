/**
 * "Did you mean …?" for names that nobody has declared. A checker of TypeScript looks for similar names ten times in its
 * life, and ours lives for a whole notebook: from then on they are looked for here, with TypeScript's own search.
 */
import ts from 'typescript'
import { internals } from './internals.ts'

/** What cannot be found, and the number of the same with a suggestion. */
const SUGGESTING: Record<number, { code: number; what: string; meaning: ts.SymbolFlags }> = {
  2304: { code: 2552, what: 'name', meaning: ts.SymbolFlags.Value },
  2503: { code: 2833, what: 'namespace', meaning: ts.SymbolFlags.Namespace },
}
/** The first again, with advice to install types for a web page, for jQuery or for tests: not what a learner needs. */
const WITH_ADVICE = new Set([2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2867, 2868])
/** Each costs a look at every name there is. */
const MOST = 10

interface SuggestingChecker extends ts.TypeChecker {
  getSuggestedSymbolForNonexistentSymbol(at: ts.Node, name: string, meaning: ts.SymbolFlags): ts.Symbol | undefined
}

export function withSuggestions(found: readonly ts.Diagnostic[], checker: ts.TypeChecker): readonly ts.Diagnostic[] {
  let looked = 0
  return found.map((each) => {
    const diagnostic = WITH_ADVICE.has(each.code) ? withoutAdvice(each) : each
    const known = SUGGESTING[diagnostic.code]
    const { file, start } = diagnostic
    if (!known || !file || start === undefined || ++looked > MOST) return diagnostic
    const token = internals.getTokenAtPosition(file, start)
    if (!ts.isIdentifier(token)) return diagnostic
    const isType = known.code === 2552 && ts.isTypeReferenceNode(token.parent)
    const meaning = isType ? ts.SymbolFlags.Type : known.meaning
    const similar = (checker as SuggestingChecker).getSuggestedSymbolForNonexistentSymbol(token, token.text, meaning)
    // `declare global` is a symbol too.
    if (!similar || similar.name === '__global') return diagnostic
    const messageText = `Cannot find ${known.what} '${token.text}'. Did you mean '${checker.symbolToString(similar)}'?`
    return { ...diagnostic, code: known.code, messageText }
  })
}

const withoutAdvice = (diagnostic: ts.Diagnostic): ts.Diagnostic => ({
  ...diagnostic,
  code: 2304,
  messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n').replace(/(?<=')\. Do you need .*$/s, '.'),
})
