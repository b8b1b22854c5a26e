/** What a name is, for a tooltip: its signature as code, its documentation as Markdown. */
import type ts from 'typescript'
import type { InspectAnswer } from '../bridge/compiler-api.ts'

const text = (parts: readonly ts.SymbolDisplayPart[] | undefined) => (parts ?? []).map((part) => part.text).join('')

function tag({ name, text: parts }: ts.JSDocTagInfo): string {
  const said = text(parts)
  if (name === 'example') return `**Example**\n\n${said.includes('```') ? said : `\`\`\`ts\n${said.trim()}\n\`\`\``}`
  if (name === 'param') {
    const [, word = '', rest = ''] = /^(\S+)\s*-?\s*([\s\S]*)$/.exec(said) ?? []
    return `- \`${word}\`${rest && `: ${rest}`}`
  }
  const titles: Record<string, string> = {
    returns: 'Returns',
    return: 'Returns',
    throws: 'Throws',
    see: 'See',
    deprecated: 'Deprecated',
  }
  return `**${titles[name] ?? name}** ${said}`.trim()
}

/** From TypeScript's quick info. */
export function inspection(info: ts.QuickInfo | undefined): InspectAnswer {
  if (!info) return { found: false }
  const documentation = [text(info.documentation), ...(info.tags ?? []).map(tag)]
    .filter((part) => part !== '')
    .join('\n\n')
  return { found: true, signature: text(info.displayParts), ...(documentation && { documentation }) }
}
