/** The versions that the kernel names, taken from the packages' own files when it is bundled. */
import typescript from 'typescript/package.json' with { type: 'json' }
import socketlab from '../../package.json' with { type: 'json' }
import { PROTOCOL_VERSION } from '../protocol/messages.ts'

export const VERSIONS = {
  socketlab: socketlab.version,
  typescript: typescript.version,
  protocol: PROTOCOL_VERSION,
}
