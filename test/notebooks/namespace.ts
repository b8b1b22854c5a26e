/**
 * A machine that has nothing but its loopback: a network of its own, no IPv6, no /etc/services, a host name that nobody
 * knows. Namespaces are such a machine; making them needs root.
 */
import { execFileSync } from 'node:child_process'
import { venvPython } from '../runner/paths.ts'

export const BARE_HOST = 'nobody-knows-this-name'

/** Loopback is switched on by hand: SIOCSIFFLAGS with IFF_UP | IFF_RUNNING, netdevice(7). */
const LOOPBACK_UP = `
import fcntl, socket, struct
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, struct.pack('16sh', b'lo', 0x41))
`
const SETUP = `
set -e
hostname ${BARE_HOST}
"$1" -c "$2"
for switch in all lo; do echo 1 > /proc/sys/net/ipv6/conf/$switch/disable_ipv6 2>/dev/null || true; done
if [ -e /etc/services ]; then mount --bind /dev/null /etc/services; fi
if [ -n "$3" ]; then mount --bind "$3" /etc/hosts; fi
if [ -n "$4" ]; then mount --bind "$4" /etc/resolv.conf; fi
shift 4
exec "$@"
`

/** The files of the system's resolver, if they are to be others. */
export interface Resolver {
  readonly hosts?: string
  readonly resolvConf?: string
}

/** The command, on such a machine. */
export const bare = ({ hosts = '', resolvConf = '' }: Resolver, ...command: string[]): [string, string[]] => [
  'unshare',
  ['--net', '--uts', '--mount', 'sh', '-c', SETUP, 'sh', venvPython, LOOPBACK_UP, hosts, resolvConf, ...command],
]

/** Why there is no such machine here; undefined where there is. */
export const noNamespaces: string | undefined = (() => {
  try {
    execFileSync(...bare({}, 'true'), { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `no namespaces here (needs root, unshare): ${String((error as Error).message).split('\n')[0]}`
  }
})()
