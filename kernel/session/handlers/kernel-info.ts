import { VERSIONS } from '../versions.ts'
import type { Handler } from './handler.ts'

const TYPESCRIPT = {
  name: 'typescript',
  version: VERSIONS.typescript,
  mimetype: 'text/typescript',
  file_extension: '.ts',
  pygments_lexer: 'typescript',
  codemirror_mode: 'typescript',
  nbconvert_exporter: 'script',
}

const JAVASCRIPT = {
  name: 'javascript',
  version: process.versions.node,
  mimetype: 'text/javascript',
  file_extension: '.js',
  pygments_lexer: 'javascript',
  codemirror_mode: 'javascript',
  nbconvert_exporter: 'script',
}

/** Who is this kernel, and which language does it speak? Asked first by every client. */
export const kernelInfo: Handler<'kernel_info_request'> = (_request, { javascript }) => ({
  status: 'ok',
  protocol_version: VERSIONS.protocol,
  implementation: 'socketlab',
  implementation_version: VERSIONS.socketlab,
  language_info: javascript ? JAVASCRIPT : TYPESCRIPT,
  banner: `socketlab ${VERSIONS.socketlab}: ${javascript ? 'JavaScript' : `TypeScript ${VERSIONS.typescript}`} on Node ${process.versions.node}. The socket module is loaded.`,
  debugger: false,
  help_links: [
    { text: 'TypeScript Handbook', url: 'https://www.typescriptlang.org/docs/handbook/intro.html' },
    { text: 'Node.js', url: 'https://nodejs.org/docs/latest-v24.x/api/' },
    { text: 'socket(7)', url: 'https://man7.org/linux/man-pages/man7/socket.7.html' },
  ],
  supported_features: ['kernel subshells'],
})
