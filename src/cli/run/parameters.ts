/**
 * `--param NAME=JSON`: values from outside for a notebook, by papermill's rule. A cell tagged `parameters` has the
 * defaults; what is given goes into a cell `injected-parameters` after it. Knows notebooks, nothing of running them.
 */
import { randomUUID } from 'node:crypto'
import { type CodeCell, isCode, type Notebook, sourceOf, tagsOf } from '../../notebook/notebook-file.ts'
import { CliError } from '../cli-error.ts'

export type Parameters = ReadonlyMap<string, unknown>

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u

/** What `let` cannot declare in strict code. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)

/** One `NAME=JSON` more; commander calls it for each. */
export function addParameter(text: string, earlier: Parameters = new Map()): Parameters {
  const at = text.indexOf('=')
  if (at < 0) throw new CliError(`--param ${text}: write NAME=JSON, e.g. --param port=8080`, 2)
  const name = text.slice(0, at)
  if (!identifier.test(name) || reserved.has(name))
    throw new CliError(`--param ${text}: '${name}' cannot be the name of a variable`, 2)
  return new Map([...earlier, [name, jsonValue(name, text.slice(at + 1))]])
}

function jsonValue(name: string, text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('a number in it is too large')
      return value
    })
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`--param ${name}=${text}: ${error.message}`, 2)
    throw new CliError(`--param ${name}=${text}: what follows '=' is not JSON${advice(name, text, error as Error)}`, 2)
  }
}

/** Texts are what people forget to quote, and the shell takes one pair of quotes away. */
function advice(name: string, text: string, { message }: Error): string {
  if (/^\s*[[{"]/.test(text)) return ` (${message})`
  return `; a text is written in quotes: --param '${name}=${JSON.stringify(text)}'`
}

/**
 * Puts the parameters' cell into the notebook, in the place of an older one.
 *
 * @returns the names that the notebook's own cell of parameters does not have: mostly somebody's slip
 */
export function injectParameters(notebook: Notebook, parameters: Parameters): string[] {
  if (parameters.size === 0) return []
  const { cells } = notebook
  const tagged = (tag: string) => cells.findIndex((cell) => isCode(cell) && tagsOf(cell).includes(tag))
  const [older, defaults] = [tagged('injected-parameters'), tagged('parameters')]
  const declared = defaults < 0 ? '' : sourceOf(cells[defaults]!)
  const source = ['// Parameters', ...[...parameters].map(([name, value]) => declaration(name, value, declared))].join(
    '\n',
  )
  const withId = notebook.nbformat_minor >= 5
  const cell = {
    cell_type: 'code',
    execution_count: null,
    ...(withId ? { id: older < 0 ? randomUUID().slice(0, 8) : cells[older]!.id } : {}),
    metadata: { tags: ['injected-parameters'] },
    outputs: [],
    source,
  } as CodeCell
  if (older >= 0) cells[older] = cell
  else cells.splice(defaults + 1, 0, cell)
  const words = new Set(declared.match(/[\p{ID_Continue}$]+/gu))
  return defaults < 0 ? [] : [...parameters.keys()].filter((name) => !words.has(name))
}

/**
 * `let`, whatever the default was declared with: a `const` would have its value as its type, and `if (port === 80)` in
 * a later cell would be a mistake. A type written beside the default is kept, so that the value is checked against it.
 */
function declaration(name: string, value: unknown, declared: string): string {
  const escaped = name.replaceAll('$', '\\$')
  const written = new RegExp(
    `^[ \\t]*(?:let|const|var)[ \\t]+${escaped}[ \\t]*:[ \\t]*([^=\\n]+?)[ \\t]*=(?![=>])`,
    'mu',
  )
  const type = written.exec(declared)?.[1]
  return `let ${name}${type === undefined ? '' : `: ${type}`} = ${literal(value)}`
}

/** JSON is TypeScript, but for one name: `{"__proto__": 1}` in a program is not a property. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : JSON.stringify(value)
  const entries = Object.entries(value).map(([key, one]) => {
    const name = JSON.stringify(key)
    return `${key === '__proto__' ? `[${name}]` : name}: ${literal(one)}`
  })
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
