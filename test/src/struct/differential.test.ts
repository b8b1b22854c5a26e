/**
 * CPython's struct as the referee: the same seeded random formats and values in one python3 and here.
 */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import * as struct from '../../../src/struct/index.ts'

/** A value as JSON can carry it: whole numbers as digits, bytes in hex. */
type Told = { int: string } | { float: string } | { hex: string } | { bool: boolean }
interface Case {
  format: string
  values: Told[]
}
interface Answer {
  size?: number
  hex?: string
  values?: Told[]
  error?: string
}

const REFEREE = `
import json, math, struct, sys
def given(told):
    (kind, value), = told.items()
    return {'int': int, 'float': float, 'hex': bytes.fromhex, 'bool': bool}[kind](value)
def told(value):
    if isinstance(value, bool): return {'bool': value}
    if isinstance(value, int): return {'int': str(value)}
    if isinstance(value, bytes): return {'hex': value.hex()}
    return {'float': 'nan' if math.isnan(value) else value.hex()}
answers = []
for case in json.load(sys.stdin):
    answer = {}
    try:
        answer['size'] = struct.calcsize(case['format'])
        data = struct.pack(case['format'], *map(given, case['values']))
        answer['hex'] = data.hex()
        answer['values'] = [told(v) for v in struct.unpack(case['format'], data)]
    except (struct.error, OverflowError) as e:
        answer['error'] = type(e).__name__ + ': ' + str(e)
    answers.append(answer)
json.dump(answers, sys.stdout)
`

const ask = (cases: Case[]): Answer[] =>
  JSON.parse(
    execFileSync(process.env.PYTHON ?? 'python3', ['-c', REFEREE], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    }),
  )

/** mulberry32: the same row of numbers from the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = randomFrom(20_111)
const below = (limit: number): number => Math.floor(random() * limit)
const oneOf = <T>(row: readonly T[]): T => row[below(row.length)]!

const ORDERS = ['', '@', '=', '<', '>', '!']
const STANDARD = 'xcbB?hHiIlLqQefdsp'
const BITS: Record<string, number> = { b: 8, B: 8, h: 16, H: 16, i: 32, I: 32, l: 32, L: 32 }

function wholeFor(char: string, native: boolean): bigint {
  const bits = native && 'lL'.includes(char) ? 64 : (BITS[char] ?? 64)
  let value = 0n
  for (let i = 0; i < 3; i++) value = (value << 32n) | BigInt(below(2 ** 32))
  const edge = 2n ** BigInt(bits)
  // One in twelve at or beyond an edge of the range.
  if (below(12) === 0)
    return oneOf([edge, edge - 1n, edge / 2n, edge / 2n - 1n, -edge / 2n, -edge / 2n - 1n, -1n, value])
  return char === char.toUpperCase() ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value)
}

const EDGES = [
  'inf',
  '-inf',
  'nan',
  '-0.0',
  '0.1',
  '6.5e-08',
  '2.9e-08',
  '65519.5',
  '65520.5',
  '3.4028235677973366e+38',
  '1e-46',
]

function floatFor(): string {
  if (below(4) === 0) return oneOf(EDGES)
  // A fraction in any case: what is whole cannot be told from an int on this side.
  return String((below(2 ** 20) + 0.5 + random() / 4) * 2 ** (below(20) - 22) * oneOf([1, -1]))
}

const bytesOf = (length: number): string => Buffer.from(Array.from({ length }, () => below(256))).toString('hex')

function valueFor(char: string, count: number, native: boolean): Told {
  if (below(60) === 0) return oneOf<Told>([{ hex: '6162' }, { float: '0.5' }, { int: '7' }, { bool: true }])
  if (char === 'c') return { hex: bytesOf(1) }
  if (char === 's' || char === 'p') return { hex: bytesOf(below(count + 3)) }
  if (char === '?') return oneOf<Told>([{ bool: true }, { bool: false }, { int: '3' }, { float: 'nan' }, { hex: '' }])
  return 'efd'.includes(char) ? { float: floatFor() } : { int: String(wholeFor(char, native)) }
}

function randomCase(): Case {
  const order = oneOf(ORDERS)
  const native = order === '' || order === '@'
  const chars = native ? `${STANDARD}nNP` : STANDARD
  const values: Told[] = []
  let format = order
  for (let items = 1 + below(5); items > 0; items--) {
    const char = below(200) === 0 ? oneOf(['Z', 'n', 'é', '<', '12 ']) : oneOf([...chars])
    // 0p has no bytes to say its length in: CPython fails inside, ours is empty.
    const count = below(3) === 0 ? (char === 'p' ? 1 : 0) + below(5) : undefined
    format += `${below(4) === 0 ? oneOf([' ', '\n']) : ''}${count ?? ''}${char}`
    const times = char === 'x' ? 0 : 'sp'.includes(char) ? 1 : (count ?? 1)
    for (let i = 0; i < times; i++) values.push(valueFor(char, count ?? 1, native))
  }
  if (below(50) === 0) values.pop()
  return { format: format.replace('é', 'z'), values }
}

function given(told: Told): struct.Packable {
  if ('hex' in told) return Buffer.from(told.hex, 'hex')
  if ('bool' in told) return told.bool
  if ('int' in told) {
    const number = Number(told.int)
    return Number.isSafeInteger(number) ? number : BigInt(told.int)
  }
  return told.float.endsWith('inf') ? Number(told.float.replace('inf', 'Infinity')) : Number(told.float)
}

/** Both sides' numbers as text: Python's float.hex() is read back by value. */
function plain(told: Told): unknown {
  if (!('float' in told)) return told
  const match = /^(-?)0x([01])\.?([0-9a-f]*)p([+-]\d+)$/.exec(told.float)
  if (!match) return { float: given(told) }
  const [, sign, one, digits, power] = match
  const fraction = Number.parseInt(`${one}${digits}`, 16) / 16 ** digits!.length
  return { float: (sign ? -1 : 1) * fraction * 2 ** Number(power) }
}

function told(value: unknown): unknown {
  if (typeof value === 'boolean') return { bool: value }
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString('hex') }
  if (typeof value === 'bigint') return { int: String(value) }
  return { number: value }
}

/** Which of our numbers Python would call int is known from its own answer. */
function asTold(value: unknown, like: Told): unknown {
  const ours = told(value) as { number?: number }
  if (ours.number === undefined) return ours
  return 'int' in like ? { int: String(ours.number) } : { float: ours.number }
}

/** An int that is too large for a float may be a number here, which counts as a float: two texts for one mistake. */
const oneText = (text: string | undefined) =>
  text?.replace(/^OverflowError: float too large to pack with [ef] format$/, 'error: int too large to convert')

function ours({ format, values }: Case, theirs: Answer): unknown {
  const answer: Record<string, unknown> = {}
  try {
    answer.size = struct.calcsize(format)
    const data = struct.pack(format, ...values.map(given))
    answer.hex = data.toString('hex')
    answer.values = struct.unpack(format, data).map((value, i) => asTold(value, theirs.values?.[i] ?? { int: '' }))
  } catch (problem) {
    const { name, message } = problem as Error
    answer.error = oneText(`${name === 'RangeError' ? 'OverflowError' : name}: ${message}`)
  }
  return answer
}

test('4,000 random formats give the same bytes, values, sizes and errors as CPython', () => {
  const cases = Array.from({ length: 4000 }, randomCase)
  const answers = ask(cases)
  expect(answers.filter((answer) => answer.values).length).toBeGreaterThan(2000)
  expect(answers.filter((answer) => answer.error).length).toBeGreaterThan(300)
  for (const [i, theirs] of answers.entries()) {
    const expected = theirs.values
      ? { ...theirs, values: theirs.values.map(plain) }
      : { ...theirs, error: oneText(theirs.error) }
    expect(ours(cases[i]!, theirs), JSON.stringify(cases[i])).toEqual(expected)
  }
})

test('every one of the 65,536 half floats reads as in CPython, and packs back to itself', () => {
  const all = Buffer.alloc(65536 * 2)
  for (let bits = 0; bits < 65536; bits++) all.writeUInt16BE(bits, bits * 2)
  const script = `import json, struct, sys; v = struct.unpack('!65536e', bytes.fromhex(sys.stdin.read()))
print(json.dumps([str(x) for x in v]))`
  const input = all.toString('hex')
  const theirs: string[] = JSON.parse(
    execFileSync(process.env.PYTHON ?? 'python3', ['-c', script], { input, encoding: 'utf8', maxBuffer: 1 << 28 }),
  )
  const values = struct.unpack('!65536e', all)
  const read = theirs.map((text) => Number(text.replace('inf', 'Infinity')))
  expect(values).toEqual(read)
  const back = struct.pack('!65536e', ...values.map((value) => (Number.isNaN(value) ? 0 : value)))
  for (let bits = 0; bits < 65536; bits++) {
    if (!Number.isNaN(values[bits])) expect(back.readUInt16BE(bits * 2)).toBe(bits)
  }
})
