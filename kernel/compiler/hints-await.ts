/** What is said of a Promise where its value belongs. Knows the message and the code at the place; asks for no types. */
import ts from 'typescript'
import { askedOf, calledName, heldValue, type Mistake, type Rule, valueAt, wholeValue, word } from './hints-places.ts'

/** Of `total + sock.recv(1)` and `name === input("x")` the side that is the Promise: the place is that of both. */
function promisedSide(mistake: Mistake): ts.Expression | undefined {
  const [, first] = /types '(.+?)' and '.*?'/.exec(mistake.message) ?? []
  const both = wholeValue(mistake)
  if (first === undefined || !ts.isBinaryExpression(both)) return undefined
  return first.startsWith('Promise<') ? both.left : both.right
}

/** `recv` of `sock.recv(1)`, `input` of `input("x")`. */
const nameOfCall = ({ expression }: ts.CallExpression): string =>
  ts.isIdentifier(expression) ? expression.text : ts.isPropertyAccessExpression(expression) ? expression.name.text : ''

export const forgottenAwait: Rule = (mistake) => {
  const { message, related, token } = mistake
  if (!related && !/(?:Type|Argument of type|[io]n type|types|and|this) 'Promise</.test(message)) return undefined
  const asked = promisedSide(mistake) ?? askedOf(token)
  const held = asked ? word(asked) : heldValue(token)
  if (held) return `\`${held}\` holds a Promise, which is not the value yet: add \`await\` where it is made.`
  const value = asked ?? wholeValue(mistake)
  const name = ts.isCallExpression(value) ? nameOfCall(value) : asked ? '' : calledName(valueAt(token))
  return `${name ? `\`${name}\` returns a Promise, which is not the value yet` : 'A Promise is not the value yet'}: add \`await\`.`
}
