/** What is said of text where bytes belong. Knows the message and the code at the place; asks for no types. */
import ts from 'typescript'
import { type Rule, valueAt, word } from './hints-places.ts'

/** What stands between a text's quotes, as it is written between backquotes. */
function inBackquotes(text: ts.StringLiteralLike): string {
  const source = text.getText().slice(1, -1)
  if (source.length > 60 || /[\r\n]/.test(source)) return '…'
  if (ts.isNoSubstitutionTemplateLiteral(text)) return source
  return source.replace(/\\(.)|`|\$\{/g, (found, escaped) =>
    escaped === undefined ? `\\${found}` : /["']/.test(escaped) ? escaped : found,
  )
}

export const textForBytes: Rule = ({ message, token: place }) => {
  if (!/'string' is not assignable to (?:parameter of )?type '.*(?:Uint8Array|Buffer)'/.test(message)) return undefined
  const token = valueAt(place)
  // Only ASCII stands for itself in bytes`…`.
  const given = !ts.isStringLiteralLike(token)
    ? `Buffer.from(${word(token) ?? 'text'})`
    : /[^\0-\x7f]/.test(token.text)
      ? `Buffer.from(${token.text.length > 60 || /[\r\n]/.test(token.getText()) ? 'text' : token.getText()})`
      : `bytes\`${inBackquotes(token)}\`, or Buffer.from(text) for any text`
  return `A socket carries bytes, not text: write ${given}.`
}
