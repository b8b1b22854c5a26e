/**
 * Are this machine's own names known? A name that only a name server might know is not asked for: no packet leaves
 * the machine.
 */
import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { type Check, good, warning, wrong } from './check.ts'

export const localhostCheck: Check = {
  id: 'localhost',
  title: 'localhost',
  async run() {
    const advice = 'add this line to /etc/hosts:  127.0.0.1 localhost'
    if (!isKnownHere('localhost')) return wrong('is not in /etc/hosts: look-ups of it ask a name server', advice)
    const found = await addresses('localhost')
    const text = `→ ${found.join(', ') || 'nothing'}`
    if (found.some((address) => address !== '127.0.0.1' && address !== '::1'))
      return warning(`${text}: not only this machine's loopback`, 'see the lines with localhost in /etc/hosts')
    return found.includes('127.0.0.1') ? good(text) : wrong(text, advice)
  },
}

export const hostNameCheck: Check = {
  id: 'host-name',
  title: 'host name',
  async run() {
    const name = hostname()
    const advice = `lessons that look up the own name need this line in /etc/hosts:  127.0.1.1 ${name}`
    if (!isKnownHere(name)) return warning(`${name} is not in /etc/hosts`, advice)
    const found = await addresses(name)
    return found.length > 0 ? good(`${name} → ${found.join(', ')}`) : warning(`${name} cannot be looked up`, advice)
  },
}

async function addresses(name: string): Promise<string[]> {
  try {
    return [...new Set((await lookup(name, { all: true })).map(({ address }) => address))]
  } catch {
    return []
  }
}

/**
 * Is a look-up answered before any name server is asked? By /etc/hosts where it is read first, or by systemd, which
 * knows `localhost` and the machine's own name by itself.
 */
export function isKnownHere(name: string, hosts = read('/etc/hosts'), nsswitch = read('/etc/nsswitch.conf')): boolean {
  const sources = (/^\s*hosts:([^#\n]*)/m.exec(nsswitch)?.[1] ?? 'files dns').trim().split(/\s+/)
  const local = sources.slice(0, sources.includes('dns') ? sources.indexOf('dns') : undefined)
  if (local.includes('myhostname') || local.includes('resolve')) return true
  return local.includes('files') && namesIn(hosts).has(name.toLowerCase())
}

function namesIn(hosts: string): Set<string> {
  const lines = hosts.split('\n').map((line) => line.replace(/#.*/, '').trim().toLowerCase())
  return new Set(lines.flatMap((line) => line.split(/\s+/).slice(1)))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
