/** What a literal format types; read by types.test.ts. Never run. */
import * as struct from '../../../../src/struct/index.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const is = <T extends true>(_?: T): void => {}

declare const data: Buffer
declare const format: string

const header = struct.unpack('!I', data)
is<Same<typeof header, [number]>>()
const packet = struct.unpack('<2H4sQ', data)
is<Same<typeof packet, [number, number, Buffer, bigint]>>()
const native = struct.unpack('lLnNP', data)
is<Same<typeof native, [bigint, bigint, bigint, bigint, bigint]>>()
const standard = struct.unpack('=lL', data)
is<Same<typeof standard, [number, number]>>()
const kinds = struct.unpack('@c?efd xx 10p', data)
is<Same<typeof kinds, [Buffer, boolean, number, number, number, Buffer]>>()
const none = struct.unpack('!0H2x00Q', data)
is<Same<typeof none, []>>()
const many = struct.unpack('<300B', data)
is<Same<(typeof many)['length'], 300>>()
const led = struct.unpack('<03B', data)
is<Same<typeof led, [number, number, number]>>()
const most = struct.unpack('!B65536eQ', data)
is<Same<typeof most, [number, ...number[], bigint]>>()
const later = struct.unpack(format, data)
// biome-ignore lint/suspicious/noExplicitAny: that it is any[] is what is tested
is<Same<typeof later, any[]>>()
const wrong = struct.unpack('!Z', data)
// biome-ignore lint/suspicious/noExplicitAny: that it is any[] is what is tested
is<Same<typeof wrong, any[]>>()
const from = struct.unpackFrom('!BH', data, { offset: 2 })
is<Same<typeof from, [number, number]>>()
for (const record of struct.iterUnpack('<hh', data)) is<Same<typeof record, [number, number]>>()
const known = new struct.Struct('!BQ')
const values = known.unpack(data)
is<Same<typeof values, [number, bigint]>>()
is<Same<typeof known.format, '!BQ'>>()
const any: struct.Struct = known
console.log(any, struct.pack('!I4s?', 1, data, true), struct.pack(format, ...[1, 2n]))
// @ts-expect-error text is no bytes
struct.pack('4s', 'text')
// @ts-expect-error one value, not two
const [, second] = struct.unpack('!I', data)
console.log(second)
