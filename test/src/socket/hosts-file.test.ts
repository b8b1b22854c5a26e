import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const path = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'sl-hosts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Where files of the system may be others, and no name server can be reached. */
const ELSEWHERE = ['unshare', '--user', '--map-root-user', '--mount', '--net', '--']
const canBeElsewhere = spawnSync(ELSEWHERE[0]!, [...ELSEWHERE.slice(1), 'true']).status === 0

/** What the program prints with these files in the place of the system's. */
function printedWith(order: string, names: string[]): string[] {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const script = `mount --bind ${file('hosts', HOSTS)} /etc/hosts && mount --bind ${file('order', order)} /etc/nsswitch.conf && exec "$@"`
  const fifo = join(folder, 'fifo')
  rmSync(fifo, { force: true })
  execFileSync('mkfifo', [fifo])
  const program = [process.execPath, file('program.cjs', PROGRAM), fifo, ...names]
  const [command, ...args] = [...ELSEWHERE, 'sh', '-c', script, 'sh', ...program]
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' }
  return execFileSync(command!, args, { encoding: 'utf8', env, timeout: 30_000 }).slice(0, -1).split('\n')
}

const HOSTS = `127.0.0.1 localhost  Printer # press
# 127.0.0.9 gone
127.0.0.2\tscanner
::1 six
fe80::1%lo scoped
no-address nobody
`

/**
 * Looks names up while the one thread for look-ups waits for somebody to write into a FIFO, and tells at once which ones are
 * known by then. A name that the C library has to ask somebody for has an error afterwards: nobody can be reached.
 */
const PROGRAM = `const { appendFileSync, open, openSync } = require('node:fs')
  const { socket } = require(${JSON.stringify(path('dist/socketlab.cjs'))})
  const [fifo, ...names] = process.argv.slice(2)
  const opened = new Promise((done) => open(fifo, 'r', () => done()))
  const turns = async () => { for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate) }
  const asked = []
  async function known(family) {
    const found = []
    for (const name of names)
      asked.push(socket.getaddrinfo(name, 80, family, socket.SOCK_STREAM).then(([row]) => found.push(name + ' ' + row[4][0]), () => {}))
    await turns()
    return found.join(', ')
  }
  const main = async () => {
    for (const family of [0, 2, 10]) console.log(await known(family))
    appendFileSync('/etc/hosts', '127.0.0.3 other\\n')
    console.log(await Promise.race([socket.gethostbyname('other'), turns()]))
    openSync(fifo, 'w')
    await opened
    await Promise.all(asked)
  }
  void main()`

const NAMES = ['localhost', 'printer', 'PRINTER', 'scanner', 'six', 'gone', 'press', 'nobody']

test.skipIf(!canBeElsewhere)('names of the file wait for no other thread, by family, also after it was changed', () => {
  const known = 'localhost 127.0.0.1, printer 127.0.0.1, PRINTER 127.0.0.1, scanner 127.0.0.2'
  const all = [known, known, 'six ::1', '127.0.0.3']
  expect(printedWith('# comment\nhosts:\t\tfiles dns # and so on\n', NAMES)).toEqual(all)
  expect(printedWith('hosts: files', NAMES)).toEqual(all)
})

test.skipIf(!canBeElsewhere)('where the file is not asked first, or not alone, the C library decides', () => {
  for (const order of ['hosts: files [SUCCESS=continue] dns', 'hosts: dns files', 'passwd: files'])
    expect(printedWith(order, ['scanner'])).toEqual(['', '', '', 'undefined'])
})
