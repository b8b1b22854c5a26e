/** Text files of other encodings than UTF-8: each byte and each character as CPython reads and writes it. */
import type { Misfits } from '../../../../src/socket/file/misfits.ts'
import { pair } from './pair.ts'
import { bad, same, text as textOf, told } from './same.ts'

/** The beginning of the error, behind which advice may stand. */
const text = (call: () => unknown) => textOf(call, (message) => message.replace(/; (say|open) .*|: it is half .*/, ''))

const READ = ['latin1', 'latin-1', 'latin_1', 'iso-8859-1', 'utf_8', 'UTF-8', 'ascii', 'us-ascii', 'utf-16-le']

const hex = (character: string) => `0x${character.codePointAt(0)!.toString(16)}`
const shortened = (message: string) => message.replace(/: '.*/, '')

const rows = (encodings: readonly string[], errors: readonly Misfits[], texts: readonly string[]) =>
  encodings.flatMap((encoding) => errors.flatMap((one) => texts.map((text) => [encoding, one, text] as const)))
/** JSON's escapes are Python's, but for a character of two units. */
const asPython = (value: unknown) =>
  JSON.stringify(value).replace(
    /[\x7f-\u{10ffff}]/gu,
    (one) => `\\U${one.codePointAt(0)!.toString(16).padStart(8, '0')}`,
  )

/** As Latin-1: each character is a byte. */
const TORN = [
  'plain\n',
  'caf\xe9!',
  '\xe2\x82\xac \xf0\x9f\x98\x80 \xc3\xa9\n',
  '\xe2\x82',
  '\xe2\x82x',
  '\xf0\x9f\x98',
  '\xf0\x9f\n\x98',
  '\xc0\x80',
  '\xed\xa0\x80',
  '\xed\x9f\xbf',
  '\xf4\x90\x80\x80',
  '\xf4\x8f\xbf\xbf',
  '\xf5\xff',
  '\x80\xbf\xfe',
  '\xe0\x9f\xbf',
  '\xf0\x8f\xbf\xbf',
]
const TORN_16 = [
  'h\0i\0',
  'h\0i',
  '\x3d\xd8\x00\xde!\0',
  '\x3d\xd8',
  '\x3d\xd8\x00',
  '\x3d\xd8h\0',
  '\x00\xdeh\0',
  '\x3d\xd8\x3d\xd8\x00\xde',
  '\n\xd8',
]
const readings = [
  ...rows(
    ['utf-8', 'ascii', 'latin1'],
    ['replace', 'ignore', 'backslashreplace', 'surrogateescape', 'xmlcharrefreplace'],
    TORN,
  ),
  ...rows(['utf-16-le'], ['replace', 'ignore', 'backslashreplace'], TORN_16),
]
const writings = [
  ...rows(
    ['utf-8', 'ascii', 'latin1'],
    ['strict', 'replace', 'ignore', 'backslashreplace', 'xmlcharrefreplace', 'surrogateescape'],
    [
      'plain\n',
      'caf\xe9',
      '3 \u20ac!',
      'ha \u{1f600}\xff',
      'x\ud800',
      'a\udce9b',
      '\udc41',
      '\udc80\udcff',
      '\u{1f600}\u20ac\udc80',
    ],
  ),
  ...rows(
    ['utf-16-le'],
    ['strict', 'replace', 'ignore', 'backslashreplace'],
    ['hi', '\u{1f600}\ud800\ud801', 'x\ud800y', '\udce9'],
  ),
]

same({
  'every byte of Latin-1, by each of its names': [
    `out = []
    for name in ('latin1', 'latin-1', 'latin_1', 'iso-8859-1', 'LATIN1'):
        a, b = socket.socketpair(); a.sendall(bytes(range(256))); a.close(); out.append(b.makefile('r', encoding=name, newline='').read())
    return out`,
    async () => {
      const out: string[] = []
      for (const encoding of ['latin1', 'latin-1', 'latin_1', 'iso-8859-1', 'LATIN1']) {
        const [a, b] = pair()
        await a.sendall(Uint8Array.from({ length: 256 }, (_, i) => i))
        a.close()
        out.push(await b.makefile('r', { encoding, newline: '' }).read())
      }
      return out
    },
  ],
  'characters that an encoding lacks': [
    `out = []
    for name in ('latin-1', 'ascii', 'utf-8', 'utf_8'):
        for errors in ('strict', 'replace'):
            for value in ('plain\\n', 'caf\\u00e9', '3 \\u20ac', 'ha \\U0001f600'):
                a, b = socket.socketpair(); f = a.makefile('w', encoding=name, errors=errors); out.append([text(lambda: f.write(value) and None), text(f.flush), (f.close(), a.close(), b.recv(99))[2]])
    a, b = socket.socketpair(); f = a.makefile('w'); return out + [text(lambda: f.write('x\\ud800'))]`,
    async () => {
      const out: unknown[] = []
      for (const encoding of ['latin-1', 'ascii', 'utf-8', 'utf_8']) {
        for (const errors of ['strict', 'replace'] as const) {
          for (const value of ['plain\n', 'caf\u00e9', '3 \u20ac', 'ha \u{1f600}']) {
            const [a, b] = pair()
            const file = a.makefile('w', { encoding, errors })
            const row = [await text(async () => void (await file.write(value))), await text(() => file.flush())]
            await file.close()
            a.close()
            out.push([...row, await b.recv(99)])
          }
        }
      }
      const [a] = pair()
      return [...out, await text(() => a.makefile('w').write('x\ud800'))]
    },
  ],
  'characters are counted, also those beyond 0xFFFF': [
    `a, b = socket.socketpair(); w = a.makefile('w'); r = [w.write('h\\u00e9 \u{1f600}\u{1f389}!\\n'), w.write('\u{1f600}\u{1f601} x\\n')]; w.flush(); a.shutdown(1); f = b.makefile('r'); return r + [f.read(4), f.read(1), f.read(0), f.readline(1), f.readline(), f.readline(1), f.readline(2), f.readline(99), f.read(3), f.read()]`,
    async () => {
      const [a, b] = pair()
      const w = a.makefile('w')
      const r: unknown[] = [await w.write('h\u00e9 \u{1f600}\u{1f389}!\n'), await w.write('\u{1f600}\u{1f601} x\n')]
      await w.flush()
      a.shutdown(1)
      const f = b.makefile('r')
      r.push(await f.read(4), await f.read(1), await f.read(0), await f.readline(1), await f.readline())
      r.push(await f.readline(1), await f.readline(2), await f.readline(99), await f.read(3), await f.read())
      return r
    },
  ],
  'bytes that are no ASCII': [
    `out = []
    for errors in ('strict', 'replace'):
        a, b = socket.socketpair(); a.sendall(b'ab\\xe9\\x80'); a.close(); f = b.makefile('r', encoding='ascii', errors=errors); out.append(text(f.read))
    return out`,
    async () => {
      const out: unknown[] = []
      for (const errors of ['strict', 'replace'] as const) {
        const [a, b] = pair()
        await a.sendall(Uint8Array.of(97, 98, 0xe9, 0x80))
        a.close()
        out.push(await text(() => b.makefile('r', { encoding: 'ascii', errors }).read()))
      }
      return out
    },
  ],
  'bytes that are no text, by each way of reading them': [
    `out = []
    for name, errors, data in ${asPython(readings)}:
        a, b = socket.socketpair(); a.sendall(data.encode('latin1')); a.close(); f = b.makefile('r', 2, encoding=name, errors=errors); out.append([hex(ord(c)) for c in told(f.read)] if errors != 'xmlcharrefreplace' else text(f.read))
    return out`,
    async () => {
      const out: unknown[] = []
      for (const [encoding, errors, data] of readings) {
        const [a, b] = pair()
        await a.sendall(Buffer.from(data, 'latin1'))
        a.close()
        // So small a buffer that characters come in parts.
        const read = await textOf(() => b.makefile('r', 2, { encoding, errors }).read(), shortened)
        out.push(typeof read === 'string' && errors !== 'xmlcharrefreplace' ? [...read].map(hex) : read)
      }
      return out
    },
  ],
  'characters that an encoding lacks, by each way of writing them': [
    `out = []
    for name, errors, value in ${asPython(writings)}:
        a, b = socket.socketpair(); f = a.makefile('w', encoding=name, errors=errors); out.append([text(lambda: f.write(value)), text(f.flush), (f.close(), a.close(), b.recv(99))[2]])
    return out`,
    async () => {
      const out: unknown[] = []
      for (const [encoding, errors, value] of writings) {
        const [a, b] = pair()
        const file = a.makefile('w', { encoding, errors })
        const row = [await text(() => file.write(value)), await text(() => file.flush())]
        await file.close()
        a.close()
        out.push([...row, await b.recv(99)])
      }
      return out
    },
  ],
  'what was read as surrogates is written as the same bytes': [
    `a, b = socket.socketpair(); a.sendall(bytes(range(256)) + b'\\xe2\\x82\\xac\\xe2\\x82'); a.shutdown(1); f = b.makefile('rw', encoding='utf-8', errors='surrogateescape', newline=''); f.write(f.read()); f.flush(); return a.recv(999)`,
    async () => {
      const [a, b] = pair()
      await a.sendall(Uint8Array.from({ length: 256 }, (_, i) => i))
      await a.sendall(Uint8Array.of(0xe2, 0x82, 0xac, 0xe2, 0x82))
      a.shutdown(1)
      const f = b.makefile('rw', { errors: 'surrogateescape', newline: '' })
      await f.write(await f.read())
      await f.flush()
      return a.recv(999)
    },
  ],
  'the file tells how it was opened': [
    `a, b = socket.socketpair(); return [[f.encoding, f.errors] for f in [a.makefile('r', encoding=n) for n in ${JSON.stringify(READ)}] + [a.makefile('w', encoding='ascii', errors='replace')]] + [told(lambda: a.makefile('r', encoding='klingon'))[0] == 'LookupError']`,
    async () => {
      const [a] = pair()
      const files = [
        ...READ.map((encoding) => a.makefile('r', { encoding })),
        a.makefile('w', { encoding: 'ascii', errors: 'replace' }),
      ]
      const unknown = (await told(() => a.makefile('r', { encoding: bad('klingon') }))) as unknown[]
      return [...files.map((file) => [file.encoding, file.errors]), unknown[0] === 'RangeError']
    },
  ],
})
