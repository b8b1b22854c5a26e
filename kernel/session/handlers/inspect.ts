import { toUtf16 } from '../../protocol/code-points.ts'
import type { Handler } from './handler.ts'

/** What is the name at the cursor? Signature and documentation, as plain text and as Markdown. */
export const inspect: Handler<'inspect_request'> = async ({ code, cursor_pos }, { compiler }) => {
  const { found, signature = '', documentation = '' } = await compiler.ask('inspect', code, toUtf16(code, cursor_pos))
  if (!found) return { status: 'ok', found: false, data: {}, metadata: {} }
  return {
    status: 'ok',
    found: true,
    data: {
      'text/plain': documentation ? `${signature}\n\n${documentation}` : signature,
      'text/markdown': `\`\`\`typescript\n${signature}\n\`\`\`${documentation ? `\n\n${documentation}` : ''}`,
    },
    metadata: {},
  }
}
