/** Completion: what tslab's converter and TypeScript offer at a place, ranked and named in Jupyter's words. */
import type { CompletionInfo } from 'tslab/dist/converter.js'
import ts from 'typescript'
import type { CompleteAnswer } from '../bridge/compiler-api.ts'
import { PRELOADED_FUNCTIONS } from './preload-types.ts'
import { signaturesFrom } from './signatures.ts'

/** All of the largest module, `socket`: a client narrows the list as one types on, and asks no more. */
const MOST = 1500
const LONGEST_WORD = 200
/** `export {};` and a line end stand before the cell. */
const PREFIX_LENGTH = 11

const WORDS: Record<string, string> = {
  function: 'function',
  'local function': 'function',
  method: 'function',
  constructor: 'function',
  call: 'function',
  class: 'class',
  'local class': 'class',
  interface: 'interface',
  type: 'interface',
  'type parameter': 'interface',
  enum: 'enum',
  'enum member': 'property',
  property: 'property',
  getter: 'property',
  setter: 'property',
  accessor: 'property',
  'JSX attribute': 'property',
  parameter: 'param',
  keyword: 'keyword',
  'primitive type': 'keyword',
  module: 'module',
  'external module name': 'module',
  alias: 'module',
  script: 'path',
  directory: 'path',
  string: 'text',
}

/** What may have a signature: a property may hold a function, as a variable may. */
const CALLED = new Set(['function', 'class', 'instance', 'property', 'module', 'param'])

/** Jupyter's word for a thing. */
function word({ name, kind }: ts.CompletionEntry): string {
  // A preloaded name is an alias, and a class of the language is a variable with a constructor.
  if (kind === 'alias' && PRELOADED_FUNCTIONS.has(name)) return 'function'
  if ((kind === 'alias' || kind === 'var') && /^[A-Z]\w*[a-z]/.test(name)) return 'class'
  return WORDS[kind] ?? 'instance'
}

/** 0 begins with what was typed, 1 does so in other case, 2 contains it, -1 has nothing of it. */
function rank(name: string, typed: string): number {
  if (name.startsWith(typed)) return 0
  const lower = name.toLowerCase()
  const wanted = typed.toLowerCase()
  return lower.startsWith(wanted) ? 1 : lower.includes(wanted) ? 2 : -1
}

/** Letters, digits, dashes before the cursor. */
function wordBefore(code: string, offset: number): string {
  let start = offset
  while (start > 0 && offset - start < LONGEST_WORD && /[\w$-]/.test(code[start - 1] as string)) start--
  return code.slice(start, offset)
}

/** What typescript.ts leaves with the list. */
type Original = Omit<ts.CompletionInfo, 'entries'> & {
  entries: (ts.CompletionEntry & { symbol?: ts.Symbol })[]
  checker: ts.TypeChecker
}

/** `info` is the converter's answer at `offset` of `code`. */
export function completions(info: CompletionInfo, code: string, offset: number): CompleteAnswer {
  const original = info.original as Original | undefined
  let { start, end } = info
  const entries = original?.entries ?? []
  const replaced = entries[0]?.replacementSpan
  const literal = original?.optionalReplacementSpan
  if (replaced) {
    start = replaced.start - PREFIX_LENGTH
    end = start + replaced.length
  } else if (start === end && literal && literal.start <= offset) {
    start = literal.start
    end = start + literal.length
  } else if (start === end) {
    // The converter knows identifiers only: inside a string, what was typed reaches back to the quote or slash.
    const typed = wordBefore(code, offset)
    if (entries.every((entry) => rank(entry.name, typed) < 0)) start = offset
    else start = offset - typed.length
    end = offset
  }
  // A private name begins with its sign, which no word of the converter's has.
  if (code[start - 1] === '#') start--
  if (start > offset || end < offset || start < 0) start = end = offset
  const typed = code.slice(start, offset)
  const names = new Set<string>()
  const ranked = entries.flatMap((entry, index) => {
    const order = rank(entry.name, typed)
    // TypeScript offers the empty text between quotes, and `module` as a name and as a keyword.
    const needless = entry.kind === 'warning' || entry.name === '' || names.has(entry.name)
    names.add(entry.name)
    return order < 0 || needless ? [] : [{ entry, index, order }]
  })
  ranked.sort(
    (a, b) =>
      a.order - b.order ||
      hidden(a.entry) - hidden(b.entry) ||
      compare(a.entry.sortText, b.entry.sortText) ||
      a.index - b.index,
  )
  const signatureOf = original && signaturesFrom(original.checker)
  const matches = ranked.slice(0, MOST).map(({ entry }) => {
    const kind = word(entry)
    const signature = (CALLED.has(kind) && signatureOf?.(entry.symbol)) || undefined
    const type = entry.kind === 'alias' && kind === 'module' ? aliased(entry, signature, original?.checker) : kind
    return { text: entry.insertText ?? entry.name, type, ...(signature !== undefined && { signature }) }
  })
  return { start, end, matches }
}

/** What a module hands on from another file, by what it is there. */
function aliased({ symbol }: Original['entries'][number], signature?: string, checker?: ts.TypeChecker): string {
  if (signature !== undefined) return 'function'
  const isAlias = symbol && (symbol.flags & ts.SymbolFlags.Alias) !== 0
  const target = isAlias ? checker?.getAliasedSymbol(symbol) : undefined
  return target && target.flags & ts.SymbolFlags.Variable ? 'instance' : 'module'
}

/** Names that their authors keep for themselves stand last, as in Python: `_Blob`, `__dirname`. */
const hidden = ({ name }: ts.CompletionEntry) => (name.startsWith('_') ? 1 : 0)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
