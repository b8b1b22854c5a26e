/** 's' and 'p': bytes of a fixed length, where the count is that length and not a repetition. */
import { error } from './error.ts'
import type { Code } from './integer-codes.ts'

function given(value: unknown, char: string): Uint8Array {
  if (value instanceof Uint8Array) return value
  const advice = typeof value === 'string' ? ': write bytes`text` or Buffer.from(text)' : ''
  throw new error(`argument for '${char}' must be a bytes object${advice}`)
}

const memory = (view: DataView, at: number, length: number): Buffer =>
  Buffer.from(view.buffer as ArrayBuffer, view.byteOffset + at, length)

/** Exactly `size` bytes: longer ones are cut, shorter ones filled with zeros. */
export const fixed = (size: number): Code => ({
  size,
  pack: (view, at, value) => void memory(view, at, size).set(given(value, 's').subarray(0, size)),
  unpack: (view, at) => Buffer.from(memory(view, at, size)),
})

/** A Pascal string: its length in the first byte, which says at most 255; `size` bytes in all. */
export const pascal = (size: number): Code => ({
  size,
  pack(view, at, value) {
    const bytes = given(value, 'p')
    if (size === 0) return
    const length = Math.min(bytes.length, size - 1)
    // One byte says at most 255; what goes beyond lies there all the same, as CPython writes it.
    view.setUint8(at, Math.min(length, 255))
    memory(view, at + 1, length).set(bytes.subarray(0, length))
  },
  unpack(view, at) {
    if (size === 0) return Buffer.alloc(0)
    return Buffer.from(memory(view, at + 1, Math.min(view.getUint8(at), size - 1)))
  },
})
