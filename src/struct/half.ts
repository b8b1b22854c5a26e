/** IEEE 754 half precision (format 'e'): 16 bits to a number and back, rounding to even. Node 22 has no getFloat16. */

/** The number that 16 bits stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** The 16 bits of a number, or undefined if it is finite and too large. */
export function toHalf(value: number): number | undefined {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (Number.isNaN(value)) return 0x7e00
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00
  if (size === 0) return sign
  // The exponent of the last bit kept; below 2⁻¹⁴ numbers are subnormal and all share it.
  const exponent = Math.max(exponentOf(size), -14)
  const units = roundToEven(size * 2 ** (10 - exponent))
  // Rounding up may carry into the exponent: adding, instead of or-ing, lets it.
  const bits = units < 1024 ? units : ((exponent + 15) << 10) + (units - 1024)
  return bits >= 0x7c00 ? undefined : sign | bits
}

function exponentOf(size: number): number {
  let exponent = Math.floor(Math.log2(size))
  // log2 may round up just below a power of two.
  if (2 ** exponent > size) exponent -= 1
  return exponent
}

function roundToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below
}
