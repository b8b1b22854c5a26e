/**
 * What is said where TypeScript took a value for more than it is: a text for any text, a pair for a list of any length.
 * Knows the message alone.
 */
import type { Rule } from './hints-places.ts'

/** What a message may say of a type before it is too much for advice. */
const LONGEST = 60

/** Names of types that are a few texts. */
const OF_TEXTS =
  /Argument of type 'string' is not assignable to parameter of type '[^'\n]*\b(?:BufferEncoding|TextMode)\b/

/** `let how = "tcp"`, given where only `"tcp" | "udp"` may be; also inside of an object. */
export const anyText: Rule = ({ message }) => {
  const [, texts] = /ype 'string' is not assignable to (?:parameter of )?type '("[^'\n]*")'\.$/.exec(message) ?? []
  if (texts === undefined)
    return OF_TEXTS.test(message) ? 'As far as it was declared it may be any text: declare it with `const`.' : undefined
  const property = [...message.matchAll(/Types of property '(\w+)' are incompatible/g)].at(-1)?.[1]
  const [, wanted] = /^[^\n]* to (?:parameter of )?type '(\w+)'\.\n/.exec(message) ?? []
  if (property && wanted)
    return `As far as it was declared, \`${property}\` may be any text: say what the object is where it is made, \`const … : ${wanted} = { … }\`.`
  if (property)
    return `As far as it was declared, \`${property}\` may be any text: write \`${property}: "…" as const\` where the object is made.`
  const type = texts.length > LONGEST ? '…' : texts
  return `As far as it was declared it may be any text: declare it with \`const\`, or say what it may be, \`let … : ${type} = …\`.`
}

/** `const pair = [1, "a"]`, given where two are wanted. */
export const anyLength: Rule = ({ message }) => {
  const [, tuple] = / to (?:parameter of )?type '(\[[^'\n]*\])'\.\n *Target requires \d+ element/.exec(message) ?? []
  return tuple && tuple.length <= LONGEST
    ? `TypeScript takes it for a list of any length, unless it is told where it is made: \`[…] as ${tuple}\`.`
    : undefined
}
