/**
 * What is said of values that do not fit a call of `struct`: a text for a number or for bytes, a list for its values, the
 * format in another place. Knows the call's own text, so a format only where it is written out.
 */
import ts from 'typescript'
import { callAround, type Rule } from './hints-places.ts'

/** How many arguments stand before the values, or where the bytes stand. */
const VALUES_FROM: Record<string, number> = { pack: 1, packInto: 3 }

/** Codes whose value is bytes. */
const OF_BYTES = new Set(['s', 'p', 'c'])

/** `"!H4s"`: `H`, then `4s`. */
function codeOf(format: ts.Node | undefined, nth: number): string | undefined {
  if (!format || !ts.isStringLiteralLike(format)) return undefined
  const codes = [...format.text.matchAll(/(\d*)([a-zA-Z?])/g)].flatMap(([whole, count, code = '']) =>
    code === 'x' ? [] : 'sp'.includes(code) ? [whole] : Array<string>(Math.min(Number(count || 1), 100)).fill(code),
  )
  return codes[nth]
}

/** `struct.pack("!I", name)`, `struct.pack("!2H", [1, 2])`, `struct.unpack(data, "!I")` */
export const structArgument: Rule = ({ message, token }) => {
  const call = callAround(token)
  const [, name = ''] = /^struct\.(\w+)$/.exec(call?.expression.getText() ?? '') ?? []
  if (!call || name === '') return undefined
  const args = call.arguments ?? []
  const nth = args.findIndex((one) => one.pos <= token.pos && token.end <= one.end)
  const given = /^Argument of type '([^\n]*?)' is not assignable/.exec(message)?.[1] ?? ''
  const isText = given === 'string' || /^["'`]/.test(given)
  const first = args[0]
  const isSwapped = nth === 1 && /^(?:unpack|iterUnpack)/.test(name) && /^["'`][<>=!@]/.test(token.getText())
  if (nth === 0 || isSwapped)
    return `The format comes first: \`struct.${name}("!I"${name === 'calcsize' ? '' : name.startsWith('pack') ? ', value' : ', data'})\`.`
  const from = VALUES_FROM[name]
  if (from === undefined || nth < from) return undefined
  if (/\[\]$|^\[|^readonly /.test(given))
    return `Each value is an argument of its own: \`struct.${name}(…, ...values)\`.`
  if (!isText) return undefined
  const code = codeOf(first, nth - from)
  const isBytes = OF_BYTES.has(code?.at(-1) ?? '')
  // A number in quotes has its own words.
  if (!isBytes && /^["'`]\d+["'`]$/.test(given)) return undefined
  if (code === undefined)
    return 'Numbers and bytes are packed: `Number(text)` is the number that a text shows, `Buffer.from(text)` are its bytes.'
  return isBytes
    ? `\`${code}\` takes bytes, not text: bytes\`…\`, or \`Buffer.from(text)\` for any text.`
    : `\`${code}\` takes a number: \`Number(text)\` is the one that a text shows. Bytes of text are packed by \`s\`, after their length: \`"4s"\`.`
}

const AS_NUMBER = 'A bigint, as `q` and `Q` of `struct` give: `Number(value)` makes a number of it.'

/** `unpack("!Q", data)[0] + 1`, `await conn.recv(length)`, and the other way round. */
export const bigint: Rule = ({ message }) => {
  if (/^Operator '/.test(message)) {
    const types = /cannot be applied to types '(bigint|number|[-\d.]+n?)' and '(bigint|number|[-\d.]+n?)'/.exec(message)
    const big = types?.slice(1).filter((type) => type === 'bigint' || type.endsWith('n'))
    return big?.length === 1 ? AS_NUMBER : undefined
  }
  if (/^Type '(?:bigint|-?\d+n)' cannot be used as an index/.test(message)) return AS_NUMBER
  if (/ype '(?:bigint|-?\d+n)' is not assignable to (?:parameter of )?type 'number(?:'| )/.test(message))
    return AS_NUMBER
  return /ype 'number' is not assignable to (?:parameter of )?type 'bigint'/.test(message)
    ? 'A bigint is wanted: a number that is written out gets an `n`, `5n`; `BigInt(value)` makes one of any whole number.'
    : undefined
}

/** `struct.unpack("!I", data)[1]`, `conn.getsockname()[2]` */
export const noSuchPlace: Rule = ({ message }) => {
  const [, length] = /^Tuple type '.*' of length '(\d+)' has no element/.exec(message) ?? []
  if (!length) return undefined
  if (length === '0') return 'There is nothing in it: what it is to hold says its type.'
  return length === '1'
    ? 'It holds one value, and places are counted from 0: `[0]`.'
    : `It holds ${length} values, and places are counted from 0: the last is \`[${Number(length) - 1}]\`.`
}
