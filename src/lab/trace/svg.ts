/**
 * The sequence diagram as SVG: inside a page it takes the page's colours, by itself it brings both a light and a dark
 * set.
 *
 * Draws what layout.ts has placed; knows nothing of sockets.
 */
import type { Frame } from './frame.ts'
import { type Arrow, addressShown, type Layout, layOut, noteOf, type PlacedRow, ROW } from './layout.ts'
import type { Story } from './story.ts'

/** Text as it may stand in HTML and in XML: what neither may hold becomes a replacement character. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: just these are forbidden in XML 1.0
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** The rules for all that is inside `scope`; colours are custom properties. */
export const svgStyle = (scope: string): string =>
  [
    `${scope} text { fill: var(--fg); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }`,
    `${scope} .name { font-weight: 600; font-size: 13px; }`,
    `${scope} .dim { fill: var(--dim); font-size: 11px; }`,
    `${scope} .mono { fill: var(--dim); font: 11px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }`,
    `${scope} .halo { paint-order: stroke; stroke: var(--bg); stroke-width: 4px; stroke-linejoin: round; }`,
    `${scope} .bad { fill: var(--bad); font-weight: 600; }`,
    `${scope} .life { stroke: var(--line); stroke-width: 1.2; }`,
    `${scope} .away { stroke-dasharray: 2 5; }`,
    `${scope} .head { fill: var(--bg); stroke-width: 1.5; }`,
    `${scope} .band { fill: var(--line); opacity: 0.25; }`,
    `${scope} .wait { fill: var(--line); }`,
    `${scope} .arrow { fill: none; stroke-width: 1.8; }`,
    `${scope} .thin { stroke-width: 1.2; stroke-dasharray: 5 4; }`,
    `${scope} .faint { stroke-dasharray: 3 4; opacity: 0.75; }`,
    `${scope} .client { stroke: var(--client); } ${scope} .server { stroke: var(--server); }`,
    `${scope} .fill-client { fill: var(--client); stroke: none; }`,
    `${scope} .fill-server { fill: var(--server); stroke: none; }`,
    `${scope} .failed { stroke: var(--bad); } ${scope} .fill-failed { fill: var(--bad); stroke: none; }`,
  ].join('\n')

const LIGHT =
  '--fg: #1b1f24; --dim: #57606a; --bg: #ffffff; --line: #b6bec8; --client: #0b62c4; --server: #a84b00; --bad: #c62828;'
const DARK =
  '--fg: #e8eaed; --dim: #a7b0ba; --bg: #16181c; --line: #59616b; --client: #6cb2ff; --server: #ffab5c; --bad: #ff8a80;'

/** A document of its own, with its background: for a file, and for who shows SVG as a picture. */
export function svgDocument(story: Story, frame: Frame): string {
  const layout = layOut(story, frame)
  const style = [
    `svg { ${LIGHT} }`,
    `@media (prefers-color-scheme: dark) { svg { ${DARK} } }`,
    '.paper { fill: var(--bg); }',
    svgStyle('svg'),
  ].join('\n')
  const { width, height } = layout
  return svg(layout, frame, `<style>${style}</style><rect class="paper" width="${width}" height="${height}"/>`)
}

/** The same to stand inside a page whose style sheet has `svgStyle`. */
export const svgInline = (story: Story, frame: Frame): string => svg(layOut(story, frame), frame, '')

function svg(layout: Layout, { title }: Frame, begin: string): string {
  const { width, height, rows, lines, arrows, bars, top, bottom } = layout
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      `style="max-width: 100%; height: auto" role="img" aria-label="${escapeXml(`Sequence diagram: ${title}`)}">`,
    begin,
    `<text class="dim" x="44" y="${top - 14}" text-anchor="end">ms</text>`,
    ...lines.map(({ x, party }) => {
      const away = party.outside ? ' away' : ''
      return `<line class="life${away}" x1="${x}" y1="${top - 10}" x2="${x}" y2="${bottom}"/>`
    }),
    ...bars.map(({ x, y1, y2 }) => `<rect class="wait" x="${x - 3}" y="${y1}" width="6" height="${y2 - y1}" rx="3"/>`),
    ...arrows.map(drawArrow),
    ...rows.map((row) => drawRow(row, width)),
    ...lines.map(drawHead),
    ...arrows.filter(({ text }) => text !== '').map(drawArrowText),
    '</svg>',
  ]
  return parts.filter(Boolean).join('\n')
}

function drawHead({ x, headX, headWidth, party }: Layout['lines'][number]): string {
  const text = (kind: string, y: number, words: string): string =>
    `<text class="${kind}" x="${x}" y="${y}" text-anchor="middle">${escapeXml(words)}</text>`
  return [
    `<g><rect class="head ${party.role ?? 'client'}" x="${headX.toFixed(1)}" y="8" width="${headWidth.toFixed(1)}" height="56" rx="7"${party.outside ? ' stroke-dasharray="3 3"' : ''}/>`,
    text('name', 25, party.name),
    text('mono', 41, addressShown(party)),
    text('dim', 56, noteOf(party)),
    '</g>',
  ].join('')
}

function drawRow({ y, time, gap, label, line, step }: PlacedRow, width: number): string {
  const base = y + 4
  if (gap) {
    return (
      `<g><rect class="band" x="8" y="${y - ROW / 2 + 3}" width="${width - 16}" height="${ROW - 6}" rx="4"/>` +
      `<text class="dim" x="${width / 2}" y="${base}" text-anchor="middle">${escapeXml(gap)}</text></g>`
    )
  }
  if (!label || !line || !step) return ''
  const left = line.side === 'left'
  const x = left ? line.x - 12 : line.x + 12
  const more = label.failure
    ? `<tspan class="bad" dx="6">✗ ${escapeXml(label.failure)}</tspan>`
    : label.preview
      ? `<tspan class="mono" dx="6">${escapeXml(label.preview)}</tspan>`
      : ''
  const dot = `<circle class="fill-${label.failure ? 'failed' : (line.party.role ?? 'client')}" cx="${line.x}" cy="${y}" r="3.2"/>`
  return (
    `<g>${time ? `<text class="dim" x="44" y="${base}" text-anchor="end">${time}</text>` : ''}${dot}` +
    `<text class="halo" x="${x}" y="${base}" text-anchor="${left ? 'end' : 'start'}">${escapeXml(label.text)}${more}</text></g>`
  )
}

const round = (value: number): string => String(Math.round(value * 10) / 10)

function drawArrow({ x1, y1, x2, y2, kind, role }: Arrow): string {
  const failed = kind === 'refused'
  const length = Math.hypot(x2 - x1, y2 - y1) || 1
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length]
  // What nobody received ends on its way.
  const reach = kind === 'lost' ? length * 0.62 : length - 5
  const [startX, startY] = [x1 + dx * 5, y1 + dy * 5]
  const [endX, endY] = [x1 + dx * reach, y1 + dy * reach]
  const style = kind === 'bytes' ? '' : kind === 'lost' ? ' faint' : ' thin'
  const colour = failed || kind === 'reset' ? 'failed' : role
  const line = `<path class="arrow${style} ${colour}" d="M${round(startX)} ${round(startY)}L${round(endX)} ${round(endY)}"/>`
  if (kind === 'lost') {
    return `${line}<circle class="arrow ${colour}" cx="${round(endX + dx * 5)}" cy="${round(endY + dy * 5)}" r="4"/>`
  }
  if (failed) {
    const [x, y] = [endX - dx * 3, endY - dy * 3]
    return `${line}<path class="arrow failed" d="M${round(x - 4)} ${round(y - 4)}l8 8m0 -8l-8 8"/>`
  }
  const side = (sign: number): string =>
    `${round(endX - dx * 8 - dy * 4 * sign)} ${round(endY - dy * 8 + dx * 4 * sign)}`
  return `${line}<path class="fill-${colour}" d="M${round(endX)} ${round(endY)}L${side(1)}L${side(-1)}Z"/>`
}

/** Neighbours stand at different places along their arrows, so that none hides the other. */
function drawArrowText({ x1, y1, x2, y2, text }: Arrow, at: number): string {
  const along = [0.34, 0.52, 0.7][at % 3]!
  const [x, y] = [x1 + (x2 - x1) * along, y1 + (y2 - y1) * along - 4]
  return `<text class="dim halo" x="${round(x)}" y="${round(y)}" text-anchor="middle">${escapeXml(text)}</text>`
}
