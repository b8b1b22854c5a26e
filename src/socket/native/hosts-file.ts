/**
 * Which names the machine's own file answers (/etc/hosts), so that no name server is asked and a look-up is over in
 * microseconds. Knows that file and the order in which the C library asks; the answer itself is getaddrinfo's.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { isIPv4, isIPv6 } from 'node:net'
import { AddressFamily } from '../families.ts'

const HOSTS = '/etc/hosts'
const ORDER = '/etc/nsswitch.conf'
/** A daemon that the C library asks before any file, where it runs. */
const CACHE = '/run/nscd/socket'
/** The C library reads the file at each look-up: lists of blocked names with a hundred thousand lines take milliseconds. */
const MOST_BYTES = 65_536

type Names = { readonly ipv4: ReadonlySet<string>; readonly ipv6: ReadonlySet<string> }
const NONE: Names = { ipv4: new Set(), ipv6: new Set() }

let read: { readonly stamp: string; readonly names: Names } | undefined

/**
 * Is this name in the file, with an address of that family (0: of IPv4), and the file asked first?
 *
 * @see hosts(5), nsswitch.conf(5)
 */
export function isInHostsFile(name: string, family: number): boolean {
  const stamp = stampOf(HOSTS) + stampOf(ORDER)
  if (read?.stamp !== stamp) read = { stamp, names: namesNow() }
  const { ipv4, ipv6 } = read.names
  const known = family === AddressFamily.AF_INET6 ? ipv6 : ipv4
  return known.has(name.toLowerCase())
}

/** What changes with a file. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs};` : 'none;'
}

function namesNow(): Names {
  try {
    const isFirst = isAskedFirst(readFileSync(ORDER, 'utf8')) && !existsSync(CACHE)
    if (!isFirst || statSync(HOSTS).size > MOST_BYTES) return NONE
    return namesOf(readFileSync(HOSTS, 'utf8'))
  } catch {
    // One of them is not there, or not for us to read: the C library knows what follows from that.
    return NONE
  }
}

/** `hosts: files dns`; `files [SUCCESS=continue] dns` goes on all the same. */
function isAskedFirst(order: string): boolean {
  return /^[ \t]*hosts:[ \t]*files(?![ \t]*\[|[^ \t#\n])/m.test(order)
}

function namesOf(hosts: string): Names {
  const names = { ipv4: new Set<string>(), ipv6: new Set<string>() }
  for (const line of hosts.split('\n')) {
    const [address = '', ...called] = line.replace(/#.*/, '').trim().split(/\s+/)
    const known = isIPv4(address) ? names.ipv4 : isIPv6(address) ? names.ipv6 : undefined
    for (const name of called) known?.add(name.toLowerCase())
  }
  return names
}
