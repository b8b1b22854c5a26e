/**
 * How functions are called, in one line each: what a list of completions shows beside a name. Asks the checker about the
 * names at the head of the list only, so that a list of a thousand globals costs no more than one of ten.
 */
import ts from 'typescript'

/** More than a client shows at once. */
const MOST = 30
const LONGEST = 200

/** A symbol means the same as long as it lives: who types on is asked about the same names again. */
const known = new WeakMap<ts.Symbol, string>()

/** A function that tells signatures, for so many times; '' for what is no function, and from then on. */
export function signaturesFrom(checker: ts.TypeChecker): (symbol: ts.Symbol | undefined) => string {
  let asked = 0
  return (symbol) => {
    if (!symbol || asked++ >= MOST) return ''
    const found = known.get(symbol) ?? signatureOf(symbol, checker)
    known.set(symbol, found)
    return found
  }
}

function signatureOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const written = asWritten(own)
  if (written !== undefined) return written
  if (!(own.flags & ts.SymbolFlags.Value)) return ''
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(own))
  const calls = type.getCallSignatures()
  const all = calls.length > 0 ? calls : own.flags & ts.SymbolFlags.Class ? type.getConstructSignatures() : []
  const [first] = all
  return first ? inOneLine(checker.signatureToString(first), all.length) : ''
}

/** From the declaration's own text, six times as fast: where no type argument stands for anything, and all is written. */
function asWritten({ flags, declarations = [] }: ts.Symbol): string | undefined {
  if (flags & ts.SymbolFlags.Transient || !(flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Function))) return undefined
  const [first] = declarations
  if (!first?.getSourceFile().isDeclarationFile || !ts.isFunctionLike(first) || !first.type) return undefined
  const text = (nodes: ts.NodeArray<ts.Node> | undefined) => (nodes ?? []).map((node) => node.getText()).join(', ')
  const generic = first.typeParameters ? `<${text(first.typeParameters)}>` : ''
  const count = declarations.filter(ts.isFunctionLike).length
  return inOneLine(`${generic}(${text(first.parameters)}): ${first.type.getText()}`, count)
}

function inOneLine(signature: string, count: number): string {
  const text = signature.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ')
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  return count === 1 ? short : `${short} (+${count - 1} more)`
}
