/**
 * The types of what a literal format unpacks to: `"<2H4sQ"` gives `[number, number, Buffer, bigint]`.
 *
 * A format that is known only when the program runs gives `any[]`, and so does one that is none: that is said when it
 * runs, in words.
 */

// biome-ignore lint/suspicious/noExplicitAny: what a format known only at run time gives cannot be typed
type Unknown = any[]
type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
type Space = ' ' | '\n' | '\t' | '\r'

/** Format characters whose type does not depend on the byte order. */
interface Always {
  c: Buffer
  b: number
  B: number
  '?': boolean
  h: number
  H: number
  i: number
  I: number
  q: bigint
  Q: bigint
  e: number
  f: number
  d: number
}
interface Standard extends Always {
  l: number
  L: number
}
interface Native extends Always {
  l: bigint
  L: bigint
  n: bigint
  N: bigint
  P: bigint
}

/** `N` times `T`, for a count written in digits; from 1,000 on only `T[]` is known of it. */
type Times<N extends string, T, Row extends T[] = []> = N extends `${Digit}${Digit}${Digit}${Digit}${string}`
  ? T[]
  : N extends `0${infer Rest}`
    ? Rest extends ''
      ? []
      : Times<Rest, T>
    : `${Row['length']}` extends N
      ? Row
      : Times<N, T, [...Row, T]>

type Parse<Format extends string, Codes, Count extends string, Row extends unknown[]> = Format extends ''
  ? Count extends ''
    ? Row
    : Unknown
  : Format extends `${infer First}${infer Rest}`
    ? First extends Digit
      ? Parse<Rest, Codes, `${Count}${First}`, Row>
      : First extends Space
        ? Count extends ''
          ? Parse<Rest, Codes, '', Row>
          : Unknown
        : First extends 'x'
          ? Parse<Rest, Codes, '', Row>
          : First extends 's' | 'p'
            ? Parse<Rest, Codes, '', [...Row, Buffer]>
            : First extends keyof Codes
              ? Parse<
                  Rest,
                  Codes,
                  '',
                  Count extends '' ? [...Row, Codes[First]] : [...Row, ...Times<Count, Codes[First]>]
                >
              : Unknown
    : Unknown

/** What `struct.unpack` gives for a format. */
export type Unpacked<Format extends string> = string extends Format
  ? Unknown
  : Format extends `${'<' | '>' | '!' | '='}${infer Rest}`
    ? Parse<Rest, Standard, '', []>
    : Format extends `@${infer Rest}`
      ? Parse<Rest, Native, '', []>
      : Parse<Format, Native, '', []>

/** What can be packed: numbers, bytes, true and false. */
export type Packable = number | bigint | boolean | Uint8Array
