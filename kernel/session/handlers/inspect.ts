/** From the compiler's answer to what a tooltip or a pager shows. */
import type { InspectAnswer } from '../../bridge/compiler-api.ts'
import { toUtf16 } from '../../protocol/code-points.ts'
import type { Handler } from './handler.ts'

/** As plain text and as Markdown. */
export function described({ signature = '', documentation, source }: InspectAnswer): Record<string, string> {
  const code = (text: string) => `\`\`\`typescript\n${text}\n\`\`\``
  const plain = [signature, documentation, source && `Source (${source.place}):\n${source.text}`]
  const markdown = [code(signature), documentation, source && `**Source** (${source.place})\n\n${code(source.text)}`]
  return { 'text/plain': plain.filter(Boolean).join('\n\n'), 'text/markdown': markdown.filter(Boolean).join('\n\n') }
}

/** What is the name at the cursor? Signature and documentation; at detail level 1 also how a cell has declared it. */
export const inspect: Handler<'inspect_request'> = async ({ code, cursor_pos, detail_level }, { compiler }) => {
  const answer = await compiler.ask('inspect', code, toUtf16(code, cursor_pos), detail_level === 1)
  if (!answer.found) return { status: 'ok', found: false, data: {}, metadata: {} }
  return { status: 'ok', found: true, data: described(answer), metadata: {} }
}
