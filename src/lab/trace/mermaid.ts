/**
 * The sequence diagram in Mermaid's language, for pages that draw it themselves.
 *
 * @see https://mermaid.js.org/syntax/sequenceDiagram.html
 */
import { type Frame, isGap } from './frame.ts'
import { addressShown, noteOf } from './layout.ts'
import type { Party } from './parties.ts'
import { isConnect, isLost, isSend, type Step } from './story.ts'
import { label } from './wording.ts'

/** Its text. */
export function drawMermaid({ parties, rows, title }: Frame): string {
  const ids = new Map(parties.map((party, at) => [party, `p${at + 1}`]))
  const lines = ['sequenceDiagram', `  accTitle: ${safe(title)}`]
  if (rows.length === 0)
    return ['sequenceDiagram', '  participant p1 as nobody', `  Note over p1: ${safe(title)}`].join('\n')
  for (const party of parties) {
    const words = [party.name, addressShown(party), noteOf(party)].filter(Boolean).map(safe)
    lines.push(`  participant ${ids.get(party)} as ${words.join('<br/>')}`)
  }
  const all = parties.length > 1 ? `p1,p${parties.length}` : 'p1'
  for (const row of rows) {
    if (isGap(row)) lines.push(`  Note over ${all}: ${safe(row.gap)}`)
    else lines.push(`  ${drawStep(row, ids)}`)
  }
  return lines.join('\n')
}

function drawStep(step: Step, ids: ReadonlyMap<Party, string>): string {
  const own = ids.get(step.party)!
  const other = step.other && ids.get(step.other)
  const { text, preview, failure } = label(step)
  const sources = step.from.map(({ from }) => `of ${from + 1}`).join(', ')
  const words = safe(
    [`${step.index + 1}.`, text, failure ? `failed, ${failure}` : preview, sources].filter(Boolean).join(' '),
  )
  if (other && other !== own) {
    if (isConnect(step.call)) return `${own}${failure ? '-x' : '->>'}${other}: ${words}`
    if (isSend(step.call) && !failure) {
      return `${own}${isLost(step) ? '--x' : '->>'}${other}: ${words}`
    }
    if (step.other!.outside && step.call.bytes) return `${other}->>${own}: ${words}`
  }
  return `Note over ${own}: ${words}`
}

/** Whatever means something to Mermaid, as its entity code. */
const safe = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,:()'/…–←✗_=+[\]-]/gu, (character) => `#${character.codePointAt(0)};`)
