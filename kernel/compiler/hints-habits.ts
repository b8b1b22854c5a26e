/**
 * What is said where a value is used as Python would use it: its methods, `+` between bytes, a list of one.
 * Knows the message and the code at the place; asks for no types.
 */
import ts from 'typescript'
import type { Rule } from './hints-places.ts'

const TEXT: Record<string, string> = {
  encode: '`Buffer.from(text)` makes bytes of a text',
  decode: 'this is text already',
  upper: '`toUpperCase()`',
  lower: '`toLowerCase()`',
  strip: '`trim()`',
  lstrip: '`trimStart()`',
  rstrip: '`trimEnd()`',
  find: '`indexOf(…)`',
  splitlines: '`split("\\n")`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
  format: 'text with values in it stands in backquotes, `` `port ${port}` ``',
}

const BYTES: Record<string, string> = {
  encode: 'these are bytes already; `toString()` makes text of them',
  decode: '`toString()` makes text of bytes',
  hex: '`toString("hex")`',
}

const LIST: Record<string, string> = {
  append: '`push(…)`',
  extend: '`push(...others)`',
}

/** `data.decode("utf-8")` */
export const pythonMethod: Rule = ({ message }) => {
  const [, name = '', type = ''] = /^Property '(\w+)' does not exist on type '(.*)'\./.exec(message) ?? []
  const hint = type.endsWith('[]')
    ? own(LIST, name)
    : /^(?:string$|["'`])/.test(type)
      ? own(TEXT, name)
      : /^(?:Buffer|Uint8Array)\b/.test(type)
        ? (own(BYTES, name) ?? (own(TEXT, name) || /^(?:split|startswith|endswith)$/.test(name) ? OF_TEXT : undefined))
        : undefined
  return hint && `\`.${name}()\` is Python's. Here: ${hint}.`
}

const OF_TEXT = 'make text of the bytes first, `data.toString()`'

const own = (words: Record<string, string>, name: string) => (Object.hasOwn(words, name) ? words[name] : undefined)

/** `header + message`, as Python joins bytes. */
export const joinedBytes: Rule = ({ message, token }) => {
  const bytes = String.raw`'(?:Buffer|Uint8Array)(?:<\w+>)?'`
  if (!new RegExp(String.raw`Operator '\+=?' cannot be applied to types ${bytes} and ${bytes}`).test(message))
    return undefined
  const sum = ts.findAncestor(token, ts.isBinaryExpression)
  const parts = sum ? `${sum.left.getText()}, ${sum.right.getText()}` : ''
  return `Bytes are joined by \`Buffer.concat([${parts === '' || parts.length > 60 ? '…' : parts}])\`.`
}

/** `const n = struct.unpack("!I", header)`, used as a number. */
export const listOfOne: Rule = ({ message, token }) => {
  if (!/'\[(number|bigint|Buffer)\]' is not assignable to (?:parameter of )?type '\1'/.test(message)) return undefined
  const name = ts.isIdentifier(token) ? token.text : 'value'
  return `This is a list, though of one: \`const [${name}] = …\` takes it out.`
}
