/**
 * A notice of the kernel's under a cell, as text and HTML: a display and never stderr, which a grader takes for failure.
 * Knows nothing of who has something to say.
 */
import type { MimeBundle } from './mime-bundle.ts'

const STYLE = 'color: var(--jp-warn-color0, #b26a00); white-space: pre-wrap; margin: 0'

export function noticeBundle(text: string): MimeBundle {
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { 'text/plain': text, 'text/html': `<pre style="${STYLE}">${html}</pre>` }
}
