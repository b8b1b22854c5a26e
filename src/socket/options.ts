/** setsockopt(2) and getsockopt(2): a number is a C int (of AF_VSOCK 64 bits), everything else is bytes. */
import { OSError } from '../errors/os-error.ts'
import { bytesToSend, integer } from './arguments.ts'
import type { Descriptor } from './descriptor.ts'
import { optionAdvice } from './explain-options.ts'
import { AddressFamily } from './families.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { optionWasSet } from './option-limits.ts'
import { typeName } from './type-name.ts'

/** As CPython: larger ones do not exist. */
const LARGEST_OPTION = 1024

export function setOption(
  descriptor: Descriptor,
  level: number,
  option: number,
  value: number | boolean | Uint8Array | null,
  optlen: number | undefined,
): void {
  const { ints, intValues } = scratch()
  let result: number
  if (optlen !== undefined && value !== null) {
    throw new TypeError('setsockopt() takes exactly 3 arguments (4 given): a length goes with null only')
  }
  if ((typeof value === 'number' || typeof value === 'boolean') && isWide(descriptor)) {
    const wide = Buffer.alloc(8)
    wide.writeBigUInt64LE(BigInt.asUintN(64, BigInt(integer(value))))
    result = sys.setsockopt(descriptor.fd, level, option, wide, 8)
  } else if (typeof value === 'number' || typeof value === 'boolean') {
    intValues[0] = intOrUnsigned(value)
    result = sys.setsockopt(descriptor.fd, level, option, ints, 4)
  } else if (ArrayBuffer.isView(value)) {
    // A struct of ints, such as SO_LINGER's, is an Int32Array, too.
    const bytes = bytesToSend(value)
    result = sys.setsockopt(descriptor.fd, level, option, bytes, bytes.length)
  } else if (value === null && typeof optlen === 'number') {
    result = sys.setsockopt(descriptor.fd, level, option, null, optlen)
  } else if (value === null) {
    throw new TypeError('setsockopt() with null needs its length as fourth argument')
  } else {
    throw new TypeError(`a bytes-like object is required, not '${typeName(value)}': an option is a number or bytes`)
  }
  if (result < 0) throw refusal(descriptor, result, 'setsockopt', level, option, value)
  optionWasSet(level, option)
}

function refusal(
  descriptor: Descriptor,
  result: number,
  call: 'setsockopt' | 'getsockopt',
  level: number,
  option: number,
  given?: number | boolean | Uint8Array | null,
): OSError {
  const { family, type } = descriptor
  const value = typeof given === 'boolean' ? Number(given) : ArrayBuffer.isView(given) ? bytesToSend(given) : given
  const advice = optionAdvice(-result, { call, level, option, value: value ?? undefined, family, type })
  return descriptor.error(result, call, { address: undefined, advice })
}

/** Options of a virtual machine's sockets are 64 bits wide, vsock(7); those of SOL_SOCKET take as many. */
const isWide = ({ family }: Descriptor): boolean => family === AddressFamily.AF_VSOCK

/** Some options are bits or numbers without a sign: the upper half of 32 bits is taken too. */
function intOrUnsigned(value: number | boolean): number {
  const number = Number(value)
  if (!Number.isInteger(number)) throw new TypeError("'float' object cannot be interpreted as an integer")
  if (number < -(2 ** 31) || number >= 2 ** 32) throw new RangeError('Python int too large to convert to C int')
  return number
}

export function getOption(descriptor: Descriptor, level: number, option: number, buflen: number): number | Buffer {
  const { ints, intValues, length, lengthValue } = scratch()
  if (buflen === 0 && isWide(descriptor)) {
    const wide = Buffer.alloc(8)
    lengthValue[0] = 8
    const result = sys.getsockopt(descriptor.fd, level, option, wide, length)
    if (result < 0) throw refusal(descriptor, result, 'getsockopt', level, option)
    return Number(wide.readBigUInt64LE())
  }
  if (buflen === 0) {
    lengthValue[0] = 4
    intValues[0] = 0
    const result = sys.getsockopt(descriptor.fd, level, option, ints, length)
    if (result < 0) throw refusal(descriptor, result, 'getsockopt', level, option)
    return intValues[0]!
  }
  if (buflen < 0 || buflen > LARGEST_OPTION) throw new OSError('getsockopt buflen out of range')
  const value = Buffer.alloc(buflen)
  lengthValue[0] = buflen
  const result = sys.getsockopt(descriptor.fd, level, option, value, length)
  if (result < 0) throw refusal(descriptor, result, 'getsockopt', level, option)
  return value.subarray(0, lengthValue[0])
}
