/**
 * Lessons on a machine that has nothing: no network but loopback, no IPv6, no /etc/services, a host name that nobody
 * knows. A namespace of its own is such a machine; making one needs root.
 */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { root, venvPython } from '../runner/paths.ts'
import { normaliseOutputs } from './normalise.ts'
import { codeCells, lesson, lessons, nameOf, readNotebook } from './notebook.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'bare-machine-'))
const HOST = 'nobody-knows-this-name'

/** Loopback is switched on by hand: SIOCSIFFLAGS with IFF_UP | IFF_RUNNING, netdevice(7). */
const LOOPBACK_UP = `
import fcntl, socket, struct
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, struct.pack('16sh', b'lo', 0x41))
`
const SETUP = `
set -e
hostname ${HOST}
"$1" -c "$2"
for switch in all lo; do echo 1 > /proc/sys/net/ipv6/conf/$switch/disable_ipv6 2>/dev/null || true; done
if [ -e /etc/services ]; then mount --bind /dev/null /etc/services; fi
shift 2
exec "$@"
`
const bare = (...command: string[]): [string, string[]] => [
  'unshare',
  ['--net', '--uts', '--mount', 'sh', '-c', SETUP, 'sh', venvPython, LOOPBACK_UP, ...command],
]

/** Why there is no such machine here; undefined where there is. */
function missing(): string | undefined {
  try {
    execFileSync(...bare('true'), { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `no namespaces here (needs root, unshare): ${String((error as Error).message).split('\n')[0]}`
  }
}

const reason = missing()

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe.each(lessons)('%s', (path) => {
  test(`shows the same on a bare machine${reason ? ` (skipped: ${reason})` : ''}`, {
    timeout: 90_000,
  }, async (context) => {
    context.skip(reason !== undefined, reason)
    const target = join(folder, `${nameOf(path)}.ipynb`)
    const cli = [process.execPath, join(root, 'setup', 'socketlab.mjs')]
    await run(...bare(...cli, 'run', join(root, path), '--output', target, '--timeout', '60'))
    const shown = codeCells(readNotebook(target)).map((cell) => [cell.id, normaliseOutputs(cell, [HOST])])
    expect(shown).toEqual(codeCells(lesson(path)).map((cell) => [cell.id, normaliseOutputs(cell)]))
  })
})
