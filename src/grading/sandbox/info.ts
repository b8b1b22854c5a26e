/**
 * What bubblewrap tells of itself while it starts (`--info-fd`). Knows nothing of what runs in it.
 */
import type { Readable } from 'node:stream'
import * as z from 'zod'

const infoSchema = z.object({ 'child-pid': z.number() })

/** The process within, as seen from here; undefined: it never came to be. */
export async function childPid(info: Readable): Promise<number | undefined> {
  let text = ''
  for await (const chunk of info) {
    text += String(chunk)
    if (text.includes('}')) break
  }
  try {
    return infoSchema.parse(JSON.parse(text))['child-pid']
  } catch {
    return undefined
  }
}
