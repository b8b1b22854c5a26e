/**
 * The module `struct`: numbers and bytes in the layout of a C struct or of a protocol's header.
 */
export { error } from './error.ts'
export { calcsize, iterUnpack, pack, packInto, unpack, unpackFrom } from './functions.ts'
export { Struct, type StructArguments, type UnpackOptions } from './struct.ts'
export type { Packable, Unpacked } from './unpacked.ts'
