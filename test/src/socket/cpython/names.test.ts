/** UNIX names and pairs: as CPython. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { bad, each, same, told } from './same.ts'

const b = (text: string) => Buffer.from(text, 'latin1')
const _udp = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
const unix = (type: number = socket.SOCK_STREAM): socket.Socket => socket.socket(socket.AF_UNIX, type)
const _call = (f: unknown, self: unknown, args: readonly unknown[]) =>
  (f as (...all: unknown[]) => unknown).apply(self, [...args])

async function inFolder(steps: (folder: string) => unknown): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'names-'))
  try {
    return await steps(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

same({
  'abstract names': [
    `def named(name):
        s = socket.socket(socket.AF_UNIX); s.bind(name); return s.getsockname()
    out = [named(b'\\0one\\0x'), named('\\0two'), named(bytearray(b'\\0three')), named(b'\\0' + b'h' * 107)]
    s = socket.socket(socket.AF_UNIX); s.bind(b''); name = s.getsockname()
    return out + [told(lambda: named(b'\\0' + b'h' * 108)), len(name), name[:1]]`,
    async () => {
      const named = (name: string | Uint8Array) => {
        const s = unix()
        s.bind(name)
        return b(s.getsockname())
      }
      const out: unknown[] = [
        named(b('\0one\0x')),
        named('\0two'),
        named(new Uint8Array(b('\0three'))),
        named(`\0${'h'.repeat(107)}`),
      ]
      const s = unix()
      s.bind('')
      const name: string = s.getsockname()
      return [...out, await told(() => named(`\0${'h'.repeat(108)}`)), name.length, b(name.slice(0, 1))]
    },
  ],
  'paths: text, bytes, bytes that are no text, nothing, too long': [
    `d = tempfile.mkdtemp()
    def named(name):
        s = socket.socket(socket.AF_UNIX); s.bind(name); return os.fsencode(s.getsockname())[len(d):]
    return [named(d + '/one'), named(os.fsencode(d) + b'/two'), named(os.fsencode(d) + b'/a\\xff\\xe9'), named(d + '/\\udce9'), os.fsencode(socket.socket(socket.AF_UNIX).getsockname()), told(lambda: named(d + '/' + 'x' * 120)), told(lambda: named(d + '/one')), told(lambda: named('/no/such/folder')), told(lambda: named(5)), told(lambda: named(None)), told(lambda: socket.socket(socket.AF_UNIX).connect(d + '/none')), told(lambda: socket.socket(socket.AF_UNIX).connect(d))]`,
    () =>
      inFolder(async (d) => {
        const named = (name: unknown) => {
          const s = unix()
          s.bind(bad(name))
          return b(s.getsockname()).subarray(d.length)
        }
        return [
          named(`${d}/one`),
          named(b(`${d}/two`)),
          named(b(`${d}/a\xff\xe9`)),
          named(`${d}/\xe9`),
          b(unix().getsockname()),
          ...(await each([`${d}/${'x'.repeat(120)}`, `${d}/one`, '/no/such/folder', 5, null], named)),
          await told(() => unix().connect(`${d}/none`)),
          await told(() => unix().connect(d)),
        ]
      }),
  ],
  'datagrams between names': [
    `d = tempfile.mkdtemp(); s = socket.socket(socket.AF_UNIX, 2); s.bind(d + '/s'); c = socket.socket(socket.AF_UNIX, 2); c.sendto(b'nobody', d + '/s'); c.bind(d + '/c'); c.sendto(b'somebody', d + '/s'); r = [s.recvfrom(99), s.recvfrom(99)]
    return [[x, (a or '')[len(d):]] for x, a in r] + [told(lambda: c.sendto(b'x', d + '/none'))]`,
    () =>
      inFolder(async (d) => {
        const s = unix(2)
        s.bind(`${d}/s`)
        const c = unix(2)
        await c.sendto(b('nobody'), `${d}/s`)
        c.bind(`${d}/c`)
        await c.sendto(b('somebody'), `${d}/s`)
        const r = [await s.recvfrom(99), await s.recvfrom(99)]
        return [...r.map(([x, a]) => [x, (a ?? '').slice(d.length)]), await told(() => c.sendto(b('x'), `${d}/none`))]
      }),
  ],
  'a pair: sorts, ends, names': [
    `a, b = socket.socketpair(); d, e = socket.socketpair(socket.AF_UNIX, 2); return [a.family, a.type, a.proto, a.getsockname(), a.getpeername(), d.type, told(lambda: d.send(b'')), e.recv(9), a.shutdown(1), b.recv(9), told(lambda: a.send(b'x'))]`,
    async () => {
      const [a, c] = pair()
      const [d, e] = pair(2)
      return [
        a.family,
        a.type,
        a.proto,
        a.getsockname(),
        a.getpeername(),
        d.type,
        await told(() => d.send(b(''))),
        await e.recv(9),
        a.shutdown(1),
        await c.recv(9),
        await told(() => a.send(b('x'))),
      ]
    },
  ],
  'UDP-Lite, where the system has it': [
    `u = told(lambda: socket.socket(2, 2, socket.IPPROTO_UDPLITE)); return u if isinstance(u, list) else [u.proto, u.type]`,
    async () => {
      const u = (await told(() => socket.socket(2, 2, socket.IPPROTO_UDPLITE))) as socket.Socket | unknown[]
      return Array.isArray(u) ? u : [u.proto, u.type]
    },
  ],
})
