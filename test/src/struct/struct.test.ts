import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import * as struct from '../../../src/struct/index.ts'

test('the header of a message: four bytes in network order', () => {
  expect(struct.pack('!I', 13)).toEqual(bytes`\x00\x00\x00\r`)
  expect(struct.unpack('!I', bytes`\x00\x00\x00\r`)).toEqual([13])
})

test('eight-byte numbers and native longs are bigint, and either kind is taken', () => {
  expect(struct.unpack('<2H4sQ', struct.pack('<2H4sQ', 1, 2n, bytes`abcd`, 2 ** 53))).toEqual([
    1,
    2,
    bytes`abcd`,
    2n ** 53n,
  ])
  expect(struct.unpack('@lLnNP', struct.pack('lLnNP', -1, 1, -2, 2, -1))).toEqual([-1n, 1n, -2n, 2n, 2n ** 64n - 1n])
  expect(struct.unpack('=lL', struct.pack('=lL', -1, 1))).toEqual([-1, 1])
})

test('native values lie at multiples of their size, the others side by side', () => {
  expect(['bi', '=bi', 'iiq0q', 'b0i', 'bxq', '2sh', 'ib0l'].map((f) => struct.calcsize(f))).toEqual([
    8, 5, 16, 4, 16, 4, 8,
  ])
})

test.each([
  ['p', '', ''],
  ['1p', '', ''],
  ['2p', 'a', 'a'],
  ['5p', 'abc', 'abc'],
  ['1000p', 'x'.repeat(255), 'x'.repeat(255)],
])('a Pascal string in %s keeps what fits', (format, kept, back) => {
  const packed = struct.pack(format, Buffer.from(format === '1000p' ? 'x'.repeat(1000) : 'abc'))
  expect(packed[0]).toBe(kept.length)
  expect(struct.unpack(format, packed)).toEqual([Buffer.from(back)])
})

test('what is unpacked is a copy of its own', () => {
  const data = bytes`abcd`
  const [text, one] = struct.unpack('3sc', data)
  data.fill(0)
  expect([text, one]).toEqual([bytes`abc`, bytes`d`])
})

test('packInto writes into any view, from either end', () => {
  const memory = new Uint8Array(new ArrayBuffer(12), 2, 8)
  struct.packInto('!H', memory, 1, 0x0102)
  struct.packInto('!H', memory, -2, 0x0304)
  expect([...memory]).toEqual([0, 1, 2, 0, 0, 0, 3, 4])
  struct.packInto('x2x', memory, 1)
  expect([...memory]).toEqual([0, 0, 0, 0, 0, 0, 3, 4])
})

test('unpackFrom reads at an offset, given by position or by name', () => {
  const data = bytes`abcd01234`
  expect(struct.unpackFrom('4s', data, 5)).toEqual([bytes`1234`])
  expect(struct.unpackFrom('4s', data, { offset: 2 })).toEqual([bytes`cd01`])
  expect(struct.unpackFrom('4s', { buffer: data, offset: 2 })).toEqual([bytes`cd01`])
  expect(new struct.Struct('4s').unpackFrom({ buffer: data })).toEqual([bytes`abcd`])
  expect(new struct.Struct('4s').unpackFrom(data, -9)).toEqual([bytes`abcd`])
  expect(struct.unpackFrom('2s', new DataView(data.buffer, data.byteOffset, 9) as never)).toEqual([bytes`ab`])
})

test('iterUnpack gives one record after another', () => {
  const pairs = [...struct.iterUnpack('<hh', struct.pack('<4h', 1, -2, 3, -4))]
  expect(pairs).toEqual([
    [1, -2],
    [3, -4],
  ])
  expect([...new struct.Struct('>ibcp').iterUnpack(bytes``)]).toEqual([])
})

test('a Struct knows its format and its size, also when made from bytes', () => {
  const header = new struct.Struct('=i2H')
  expect([header.format, header.size]).toEqual(['=i2H', 8])
  expect(new struct.Struct(bytes`=i2H`).format).toBe('=i2H')
})

test('true and false are what Python takes for them', () => {
  const values = [[], '', 0, null, [1], 'test', -1, Number.NaN, Buffer.alloc(0)] as never[]
  expect(struct.unpack('>9?', struct.pack('>9?', ...values))).toEqual([
    ...[false, false, false, false],
    ...[true, true, true, true],
    false,
  ])
  expect(struct.unpack('?', bytes`\xf0`)).toEqual([true])
})

const memory = () => Buffer.alloc(8)
test.each<[string, () => unknown, string]>([
  ['no character', () => struct.calcsize('12345'), 'repeat count given without format specifier'],
  ['a count at the end', () => struct.pack('c12345', bytes`x`), 'repeat count given without format specifier'],
  ['a space inside', () => struct.calcsize('2 i'), 'bad char in struct format'],
  ['an unknown character', () => struct.calcsize('Z'), 'bad char in struct format'],
  ['n with a byte order', () => struct.calcsize('<n'), 'bad char in struct format'],
  ['a zero character', () => struct.calcsize('2\0i'), 'embedded null character'],
  ['a huge count', () => struct.calcsize('9223372036854775808b'), 'total struct size too long'],
  ['a huge sum', () => struct.calcsize('4611686018427387904b4611686018427387904H'), 'total struct size too long'],
  ['too few values', () => struct.pack('hh', 1), 'pack expected 2 items for packing (got 1)'],
  ['too few for packInto', () => struct.packInto('i', memory(), 0), 'pack_into expected 1 items for packing (got 0)'],
  ['a number for bytes', () => struct.pack('4s', 5), "argument for 's' must be a bytes object"],
  ['a fraction', () => struct.pack('h', 1.5), 'required argument is not an integer'],
  ['a byte beyond 255', () => struct.pack('!B', 256), 'ubyte format requires 0 <= number <= 255'],
  ['an int beyond its size', () => struct.pack('!I', 2 ** 32), "'I' format requires 0 <= number <= 4294967295"],
  ['a negative unsigned', () => struct.pack('!I', -1), 'argument out of range'],
  [
    'a buffer too short',
    () => struct.unpack('I', bytes`abc`),
    'unpack requires a buffer of 4 bytes (actual buffer size is 3)',
  ],
  [
    'no room at the offset',
    () => struct.packInto('b', Buffer.alloc(1), 5, 1),
    'pack_into requires a buffer of at least 6 bytes for packing 1 bytes at offset 5 (actual buffer size is 1)',
  ],
  [
    'nothing at the offset',
    () => struct.unpackFrom('b', Buffer.alloc(1), 5),
    'unpack_from requires a buffer of at least 6 bytes for unpacking 1 bytes at offset 5 (actual buffer size is 1)',
  ],
  ['no room at the end', () => struct.packInto('<I', memory(), -2, 1), 'no space to pack 4 bytes at offset -2'],
  [
    'too little at the end',
    () => struct.unpackFrom('<I', memory(), -2),
    'not enough data to unpack 4 bytes at offset -2',
  ],
  ['before the beginning', () => struct.unpackFrom('<B', memory(), -9), 'offset -9 out of range for 8-byte buffer'],
  ['records of nothing', () => struct.iterUnpack('', memory()), 'cannot iteratively unpack with a struct of length 0'],
  [
    'half a record',
    () => struct.iterUnpack('h', bytes`abc`),
    'iterative unpacking requires a buffer of a multiple of 2 bytes',
  ],
])('%s is a struct.error in CPython’s words', (_, call, words) => {
  expect(call).toThrow(new struct.error(words))
})

test('a float too large for its size is a RangeError, an int a struct.error: a number is a float, a bigint an int', () => {
  for (const order of ['', '<', '!']) {
    for (const value of [65520, -65520.0, 65520.5, 1e300]) {
      const problem = new RangeError('float too large to pack with e format')
      expect(() => struct.pack(`${order}e`, value)).toThrow(problem)
    }
    expect(() => struct.pack(`${order}e`, 65520n)).toThrow(new struct.error('int too large to convert'))
  }
  const big = (2 ** 25 - 1) * 2 ** (127 - 24)
  expect(() => struct.pack('>f', big)).toThrow(new RangeError('float too large to pack with f format'))
  expect(() => struct.pack('>f', BigInt(big))).toThrow(new struct.error('int too large to convert'))
  expect(struct.unpack('f', struct.pack('f', 1e39))).toEqual([Number.POSITIVE_INFINITY])
})

// CPython's own test_p_code.
test('a Pascal string beyond 255 bytes is written whole, and read as far as its length can say', () => {
  const packed = struct.pack('1000p', Buffer.alloc(1000, 'x'))
  expect(packed).toEqual(Buffer.concat([Buffer.of(255), Buffer.alloc(999, 'x')]))
  expect(struct.unpack('1000p', packed)).toEqual([Buffer.alloc(255, 'x')])
})

test('text where bytes belong says what to write', () => {
  expect(() => struct.pack('4s', 'text' as never)).toThrow(/^argument for 's' must be a bytes object: write bytes/)
  expect(() => struct.unpack('4s', 'text' as never)).toThrow(TypeError)
  expect(() => struct.packInto('b', 'text' as never, 0, 1)).toThrow(TypeError)
  expect(() => struct.packInto('b', memory(), 0.5, 1)).toThrow(TypeError)
  expect(() => struct.calcsize(5 as never)).toThrow(TypeError)
})

// The memory was zeroed before its part was read.
test('packInto: a value may be a part of the memory it goes into', () => {
  const packet = Buffer.from('abcdefgh')
  struct.packInto('4sxB', packet, 2, packet.subarray(0, 4), 0x21)
  expect(packet).toEqual(bytes`ababcd\x00!`)
})

test('only the space of C stands between items', () => {
  expect(struct.calcsize('i\v\f\t\n\r i')).toBe(8)
  for (const [space, shown] of [
    ['\u00a0', '\\xa0'],
    ['\u2003', '\\u2003'],
    ['\u{1f40d}', '\\U0001f40d'],
  ] as const)
    expect(() => struct.calcsize(`i${space}`)).toThrow(
      new RangeError(
        `'ascii' codec can't encode character '${shown}' in position 1: ordinal not in range(128): a format's letters are those of ASCII`,
      ),
    )
  // Of bytes CPython says so.
  expect(() => struct.calcsize(Buffer.from([0xa0]))).toThrow(struct.error)
})

test('an offset is a number, true counts as 1, and of a bigint it is said what to write', () => {
  expect(struct.unpackFrom('b', bytes`\x05\x06`, true as never)).toEqual([6])
  const [where] = struct.unpack('>Q', Buffer.alloc(8))
  expect(() => struct.unpackFrom('b', bytes`\x05\x06`, where as never)).toThrow(
    new TypeError("'bigint' object cannot be interpreted as an integer: write Number(offset)"),
  )
})

// It printed as `Struct {}`, or `[object Object]`.
test('a Struct prints its format', () => {
  const header = new struct.Struct('!HI')
  expect([String(header), inspect(header), inspect([new struct.Struct(bytes`<4s`)])]).toEqual([
    "Struct('!HI')",
    "Struct('!HI')",
    "[ Struct('<4s') ]",
  ])
})
