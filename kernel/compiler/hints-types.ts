/**
 * What is said of types as Python and other languages write them: `int`, `list[str]`, `dict[str, int]`. Knows the line
 * and the code at the place; asks for no types.
 */
import ts from 'typescript'
import type { Mistake, Rule } from './hints-places.ts'
import { internals } from './internals.ts'

/** What other languages call types. */
const TYPES: Record<string, string> = {
  int: 'number',
  Int: 'number',
  integer: 'number',
  Integer: 'number',
  float: 'number',
  Float: 'number',
  double: 'number',
  Double: 'number',
  long: 'number',
  str: 'string',
  char: 'string',
  bool: 'boolean',
  Bool: 'boolean',
  None: 'null',
  bytes: 'Buffer',
  bytearray: 'Buffer',
  Any: 'any',
}

/** Types that say in brackets what is in them. */
const HOLDING = '(?:[Ll]ist|Sequence|Iterable|[Tt]uple|[Dd]ict|[Ss]et|Optional|Union)'
const IN_TYPE_PLACE = new RegExp(String.raw`(?:->|[:<,|[])\s*(${HOLDING}\[)`, 'g')

/** The same without them. */
const ALONE: Record<string, string> = {
  list: "A list's type says what is in it: `string[]`, `number[]`.",
  dict: "A dict's type says what its keys and its values are: `Record<string, number>`.",
  tuple: "A tuple's type says what stands at each place: `[string, number]`.",
  set: "A set's type says what is in it: `Set<string>`.",
}

/** The type that a name of another language's means. */
export const namedType = (name: string): string => (Object.hasOwn(TYPES, name) ? (TYPES[name] ?? name) : name)

/** What stands between commas or `|` that no bracket encloses. */
function parted(text: string, by: string): string[] {
  const parts = ['']
  let depth = 0
  for (const sign of text) {
    if ('[({<'.includes(sign)) depth++
    if ('])}>'.includes(sign)) depth--
    if (sign === by && depth === 0) parts.push('')
    else parts.push((parts.pop() ?? '') + sign)
  }
  return parts.map((part) => part.trim())
}

/** `dict[str, list[int]]` → `Record<string, number[]>` */
function inTypeScript(python: string): string {
  const either = parted(python, '|')
  if (either.length > 1) return either.map(inTypeScript).join(' | ')
  const [, name = '', inside = ''] = /^(\w+)\[(.*)\]$/.exec(python) ?? []
  if (name === '') return namedType(python)
  const parts = parted(inside, ',')
  const types = parts.filter((part) => part !== '...').map(inTypeScript)
  const [first = 'any', second = 'any'] = types
  const list = first.includes(' | ') ? `(${first})[]` : `${first}[]`
  if (/^(?:[Ll]ist|Sequence|Iterable)$/.test(name)) return list
  if (/^[Tt]uple$/.test(name)) return parts.includes('...') ? list : `[${types.join(', ')}]`
  if (/^[Dd]ict$/.test(name)) return `Record<${first}, ${second}>`
  if (/^[Ss]et$/.test(name)) return `Set<${first}>`
  if (name === 'Optional') return `${first} | null`
  return name === 'Union' ? types.join(' | ') : python
}

/** Is a type written there, or what can be nothing else? `[list[0], list[n]]` are values. */
function isType(file: ts.Node, start: number, arrow: boolean, words: string): boolean {
  if (arrow || ts.isTypeReferenceNode(internals.getTokenAtPosition(file as ts.SourceFile, start).parent)) return true
  return (words.match(/\w+/g) ?? []).every(
    (name) => Object.hasOwn(TYPES, name) || new RegExp(`^${HOLDING}$`).test(name),
  )
}

/** Where in its line the place is. */
const columnOf = ({ token, start }: Mistake) => token.getSourceFile().getLineAndCharacterOfPosition(start).character

/** `ports: dict[str, int]`, of which TypeScript reads `dict[str]` and then a comma; `names: list[str]`. */
export const bracketedType: Rule = (mistake) => {
  const { line } = mistake
  const place = columnOf(mistake)
  for (const { 1: begin = '', index, 0: all } of line.matchAll(IN_TYPE_PLACE)) {
    const from = index + all.length - begin.length
    let depth = 0
    let to = from + begin.length - 1
    do {
      if (line[to] === '[') depth++
      if (line[to] === ']') depth--
      to++
    } while (depth > 0 && to < line.length)
    if (depth > 0 || place < from || place >= to) continue
    const type = line.slice(from, to)
    if (!isType(mistake.token.getSourceFile(), mistake.start - place + from, all.startsWith('->'), type)) continue
    return `That type is \`${inTypeScript(type)}\` here.`
  }
  return undefined
}

/** `let n: int`, `names: list` */
export const typeOfElsewhere: Rule = ({ token }) => {
  if (!ts.isIdentifier(token) || !ts.isTypeReferenceNode(token.parent)) return undefined
  const name = token.text
  if (Object.hasOwn(TYPES, name)) return `That type is \`${namedType(name)}\` here.`
  return Object.hasOwn(ALONE, name) ? ALONE[name] : undefined
}
