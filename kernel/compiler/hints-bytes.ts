/** What is said of text where bytes belong. Knows the message and the code at the place; asks for no types. */
import ts from 'typescript'
import { type Rule, wholeValue } from './hints-places.ts'

/** What stands between a text's quotes, as it is written between backquotes. */
function inBackquotes(text: ts.StringLiteralLike): string {
  const source = text.getText().slice(1, -1)
  if (source.length > 60 || /[\r\n]/.test(source)) return '…'
  if (ts.isNoSubstitutionTemplateLiteral(text)) return source
  return source.replace(/\\(.)|`|\$\{/g, (found, escaped) =>
    escaped === undefined ? `\\${found}` : /["']/.test(escaped) ? escaped : found,
  )
}

/** Code that may stand in a line of advice, or a name for it. */
const inShort = (node: ts.Node, name: string): string => {
  const text = node.getText()
  return text.length > 60 || /[\r\n]/.test(text) ? name : text
}

export const textForBytes: Rule = (mistake) => {
  if (!/'string' is not assignable to (?:parameter of )?type '.*(?:Uint8Array|Buffer)'/.test(mistake.message))
    return undefined
  const value = wholeValue(mistake)
  // Only ASCII stands for itself in bytes`…`.
  const given =
    ts.isStringLiteralLike(value) && !/[^\0-\x7f]/.test(value.text)
      ? `bytes\`${inBackquotes(value)}\`, or Buffer.from(text) for any text`
      : `Buffer.from(${ts.isExpression(value) ? inShort(value, 'text') : 'text'})`
  return `A socket carries bytes, not text: write ${given}.`
}

/** A list or an object where bytes belong: `sendall([1, 2])`, `sendall({ name: "Ann" })`. */
export const valueForBytes: Rule = (mistake) => {
  const found = /^Argument of type '(\{|.*\[\]').* type 'Uint8Array'|^Object literal.* in type 'Uint8Array'/.exec(
    mistake.message,
  )
  if (!found) return undefined
  const value = found[1] ? wholeValue(mistake) : ts.findAncestor(mistake.token, ts.isObjectLiteralExpression)
  const text = inShort(value ?? mistake.token, 'value')
  return /^Argument of type 'number\[/.test(mistake.message)
    ? `A socket carries bytes: write Buffer.from(${text}), a byte for each number.`
    : `A socket carries bytes: write Buffer.from(JSON.stringify(${text})); JSON.parse makes a value of the text again.`
}
