/**
 * The pages of the simulated internet: small, real HTML, our own words, and the ways HTTP has to end a page.
 *
 * Knows nothing of sockets; `origin.ts` serves them.
 */

/** What an origin answers to a path. `body` in several parts is sent in parts. */
export interface Page {
  readonly status: number
  readonly type: string
  readonly body: readonly string[]
  readonly location?: string
  /** How the reader knows where the page ends. */
  readonly ends: 'length' | 'chunked' | 'close'
}

const HTML = 'text/html; charset=utf-8'
const TEXT = 'text/plain; charset=utf-8'

function html(title: string, ...paragraphs: string[]): Page {
  const body = [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${title}</title></head>`,
    '<body>',
    `<h1>${title}</h1>`,
    ...paragraphs.map((text) => `<p>${text}</p>`),
    '</body>',
    '</html>',
    '',
  ].join('\n')
  return { status: 200, type: HTML, body: [body], ends: 'length' }
}

const SIMULATED = 'This page comes from the simulated internet of socketlab: no packet has left your machine.'

const homes: Readonly<Record<string, Page>> = {
  'www.google.com': html('A search page', 'What would you like to find?', SIMULATED),
  'google.com': {
    status: 301,
    type: TEXT,
    body: ['The page has moved to http://www.google.com/\n'],
    location: 'http://www.google.com/',
    ends: 'length',
  },
  'www.github.com': html('A page of repositories', 'socketlab / lessons', 'socketlab / kernel', SIMULATED),
  'www.example.com': html('An example page', 'You may use it in lessons without asking.', SIMULATED),
  'server.com': html('A server', 'Say something that is not HTTP, and it is repeated to you.', SIMULATED),
}

const same: Readonly<Record<string, string>> = { 'github.com': 'www.github.com', 'example.com': 'www.example.com' }

const lines = Array.from({ length: 500 }, (_, n) => `line ${n + 1}: one recv() seldom brings all of this.\n`)

/** Paths that every origin has, for readers that want to learn how a page ends. */
const common: Readonly<Record<string, Page>> = {
  '/chunked': { status: 200, type: TEXT, body: ['first part\n', 'second part\n', 'third part\n'], ends: 'chunked' },
  '/until-close': { status: 200, type: TEXT, body: ['It ends ', 'when the server hangs up.\n'], ends: 'close' },
  '/long': { status: 200, type: TEXT, body: [lines.join('')], ends: 'length' },
  '/empty': { status: 204, type: TEXT, body: [], ends: 'length' },
}

/** The page of a host at a path; a 404 page where there is none. */
export function pageOf(host: string, path: string): Page {
  const name = same[host] ?? host
  if (path === '/') return homes[name] ?? html(host, SIMULATED)
  return common[path] ?? { ...html('404 Not Found', `${host} has no page at this path.`), status: 404 }
}
