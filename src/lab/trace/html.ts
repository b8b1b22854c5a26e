/**
 * The diagram for a notebook's page, in the page's own colours.
 *
 * A notebook that was not run here is shown without its style sheets and SVG: such a page keeps the drawing hidden and
 * shows the same in characters.
 */
import { oneHtmlBlock } from '../one-html-block.ts'
import type { Frame } from './frame.ts'
import type { Story } from './story.ts'
import { escapeXml, svgInline, svgStyle } from './svg.ts'
import { drawText } from './text.ts'

const theme = (scope: string): string => `
${scope} { --fg: var(--jp-content-font-color1, var(--vscode-editor-foreground, currentColor));
  --bg: var(--jp-layout-color0, var(--vscode-editor-background, transparent));
  --dim: color-mix(in srgb, var(--fg) 72%, transparent); --line: color-mix(in srgb, var(--fg) 32%, transparent);
  --client: color-mix(in srgb, #0b74e5 72%, var(--fg)); --server: color-mix(in srgb, #d05f00 72%, var(--fg));
  --bad: color-mix(in srgb, #e53935 75%, var(--fg)); }
${scope} .drawing { display: block !important; }
${scope} .characters { display: none; }
${scope} p { margin: 4px 0; font-size: 13px; color: var(--fg); }`

/** The page's part. `id` keeps its style sheet from reaching other drawings. */
export function html(story: Story, frame: Frame, id: string): string {
  const scope = `.${id}`
  const notes = frame.notes.map((note) => `<p>${escapeXml(note)}</p>`).join('')
  const lines = [
    `<div class="${id}"><style>${theme(scope)}\n${svgStyle(scope)}</style>`,
    // With a value: JupyterLab's sanitizer drops an empty one.
    `<div class="drawing" hidden="hidden"><p>${escapeXml(frame.title)}</p>`,
    frame.rows.length > 0 ? svgInline(story, frame) : '',
    `${notes}</div>`,
    `<pre class="characters" style="white-space: pre; overflow-x: auto">${escapeXml(drawText(story, frame))}</pre></div>`,
  ]
  return oneHtmlBlock(lines.join('\n'))
}

/** A name for a drawing: the same for the same calls, whatever their times and ports. */
export function nameOf(story: Story): string {
  let hash = 0x811c9dc5
  for (const { call, party } of story.steps) {
    for (const character of `${party.name} ${call.call} ${call.bytes ?? ''}`) {
      hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
    }
  }
  return `socketlab-trace-${(hash >>> 0).toString(16).padStart(8, '0')}`
}
