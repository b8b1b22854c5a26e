/** What a name is, for a tooltip: its signature as code, its documentation as Markdown. */
import type ts from 'typescript'
import type { InspectAnswer } from '../bridge/compiler-api.ts'
import { sourceOf } from './source-of.ts'

const FARTHEST = 2000

const text = (parts: readonly ts.SymbolDisplayPart[] | undefined) => (parts ?? []).map((part) => part.text).join('')

function tag({ name, text: parts }: ts.JSDocTagInfo): string {
  const said = text(parts)
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
    .replace(/\n(?:import|export|\(alias\)) .*$/, '')
    .replace(/^import (\w+) = .*$/, 'module $1')

/**
 * Where to look when there is no name at `offset`: at the function whose brackets are open there, so that a tooltip
 * helps while arguments are typed.
 */
export function calleeBefore(code: string, offset: number): number | undefined {
  let open = 0
  for (let at = offset - 1; at >= 0 && offset - at < FARTHEST; at--) {
    const character = code[at]
    if (character === ')') open++
    else if (character === '(' && open-- === 0)
      return /[\w$]\s*$/.test(code.slice(0, at)) ? code.slice(0, at).trimEnd().length - 1 : undefined
  }
  return undefined
}

/** What typescript.ts leaves with the quick info. */
type Info = ts.QuickInfo & { symbol?: ts.Symbol; checker?: ts.TypeChecker }

/** From TypeScript's quick info; with the source where the folder is given that paths start from. */
export function inspection(info: Info | undefined, folder?: string): InspectAnswer {
  if (!info) return { found: false }
  const parts = [text(info.documentation), ...(info.tags ?? []).map(tag)].filter((part) => part !== '')
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
