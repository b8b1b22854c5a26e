/** What a name is, for a tooltip: its signature as code, its documentation as Markdown. */
import type ts from 'typescript'
import type { InspectAnswer } from '../bridge/compiler-api.ts'
import { sourceOf } from './source-of.ts'

const FARTHEST = 2000

const text = (parts: readonly ts.SymbolDisplayPart[] | undefined) => (parts ?? []).map((part) => part.text).join('')

/** Documentation, with what it links to as Markdown: an address, or a name as code. */
function prose(parts: readonly ts.SymbolDisplayPart[] = []): string {
  // TypeScript takes away the space between the name and the words for it.
  const said = parts.map((part, at) => (parts[at - 1]?.kind === 'linkName' ? `|${part.text}` : part.text)).join('')
  return said.replace(/\{@link(?:code|plain)?\s+([^\s|}]+)[\s|]*([^}]*)\}/g, (_, target: string, words: string) => {
    const shown = words.trim()
    if (/^https?:/.test(target)) return shown ? `[${shown}](${target})` : target
    return shown || `\`${target}\``
  })
}

function tag({ name, text: parts }: ts.JSDocTagInfo): string {
  const said = prose(parts)
  if (name === 'example') return `**Example**\n\n${said.includes('```') ? said : `\`\`\`ts\n${said.trim()}\n\`\`\``}`
  if (name === 'param') {
    const [, word = '', rest = ''] = /^(\S+)\s*-?\s*([\s\S]*)$/.exec(said) ?? []
    return `- \`${word}\`${rest && `: ${rest}`}`
  }
  // TypeScript keeps the braces round the class.
  if (name === 'throws') return `**Throws** ${said.replace(/^\{([^}]+)\}/, '`$1`')}`.trim()
  const titles: Record<string, string> = {
    returns: 'Returns',
    return: 'Returns',
    see: 'See',
    deprecated: 'Deprecated',
  }
  return `**${titles[name] ?? name}** ${said}`.trim()
}

/** A preloaded name is an alias, which is nothing to its user. */
const withoutAlias = (signature: string) =>
  signature
    .replace(/^\(alias\) /, '')
    .replace(/(?:\n(?:import|export|\(alias\)) .*)+$/, '')
    .replace(/^import (\w+) = .*$/, 'module $1')

/** Brackets in them open and close nothing. A template with values is left: a call may stand in it. */
const TEXT = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`|\/\/.*|\/\*[\s\S]*?\*\//g
/** What may stand between a function's name and the bracket: `queue.Queue<string>(`, `f?.(`. */
const BEFORE_BRACKET = /(?:\?\.|!|<[^<>()]*(?:<[^<>()]*>[^<>()]*)*>)?\s*$/

/**
 * Where to look when there is no name at `offset`: at the function whose brackets are open there, so that a tooltip
 * helps while arguments are typed.
 */
export function calleeBefore(code: string, offset: number): number | undefined {
  const shown = code.slice(0, offset).replace(TEXT, (told) => ' '.repeat(told.length))
  const from = Math.max(0, offset - FARTHEST)
  let open = 0
  for (let at = offset - 1; at >= from; at--) {
    const character = shown[at]
    if (character === ')') open++
    else if (character === '(' && open-- === 0) {
      const callee = shown.slice(from, at).trimEnd().replace(BEFORE_BRACKET, '')
      return /[\w$]$/.test(callee) ? from + callee.length - 1 : undefined
    }
  }
  return undefined
}

/** What typescript.ts leaves with the quick info. */
type Info = ts.QuickInfo & { symbol?: ts.Symbol; checker?: ts.TypeChecker }

/** From TypeScript's quick info; with the source where the folder is given that paths start from. */
export function inspection(info: Info | undefined, folder?: string): InspectAnswer {
  if (!info) return { found: false }
  const parts = [prose(info.documentation), ...(info.tags ?? []).map(tag)].filter((part) => part !== '')
  // Parameters are one list.
  const documentation = parts.join('\n\n').replace(/(?<=^|\n)(- `[^\n]*)\n\n(?=- `)/g, '$1\n')
  const { symbol, checker } = info
  const source = folder !== undefined && symbol && checker ? sourceOf(symbol, checker, folder) : undefined
  return {
    found: true,
    signature: withoutAlias(text(info.displayParts)),
    ...(documentation && { documentation }),
    ...(source && { source }),
  }
}
