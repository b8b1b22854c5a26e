/**
 * What is said where a value may be undefined or null, as what a Map, a list's `pop` or a node's `next` gives. Knows the
 * message and the code at the place; asks for no types.
 */
import ts from 'typescript'
import {
  calledName,
  givenValue,
  inShort,
  isAssignment,
  type Mistake,
  type Rule,
  valueAt,
  wholeValue,
} from './hints-places.ts'

type Nothing = 'null' | 'undefined'

const ARITHMETIC = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
])

/** What `!` may be written behind: not `o?.peer`, which says itself that it may not be there. */
const mayBeSure = (value: ts.Node) =>
  !ts.isOptionalChain(value) &&
  (ts.isCallExpression(value) || ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value))

function askedFirst(value: ts.Node, nothing: Nothing): string {
  const text = inShort(value, '…', 40)
  if (/^[\w$.]+$/.test(text)) return `It may be ${nothing}: ask first, \`if (${text} !== ${nothing}) { … }\`.`
  const { parent } = value
  const counted = ts.isBinaryExpression(parent) && ARITHMETIC.has(parent.operatorToken.kind) && text !== '…'
  const otherwise = counted
    ? `; or say what counts then: \`(${text} ?? 0)\``
    : text !== '…' && mayBeSure(value)
      ? `; if it is certainly there, \`${text}!\` says so`
      : ''
  return `It may be ${nothing}: give it a name, \`const value = ${text}\`, and ask first, \`if (value !== ${nothing}) { … }\`${otherwise}.`
}

/** `ports.get("ssh").toString()`, `counts.get(name) + 1` */
export const undefinedObject: Rule = (mistake) => askedFirst(wholeValue(mistake), 'undefined')

/** `const [row, column] = queue.shift()`, `for (const next of edges.get(name))` */
export const undefinedList: Rule = (mistake) =>
  /\| undefined' must have a '\[Symbol/.test(mistake.message) ? askedFirst(wholeValue(mistake), 'undefined') : undefined

/** `onClose()`, where it is optional. */
export const calledNothing: Rule = (mistake) =>
  `\`${inShort(wholeValue(mistake), '…', 40)}?.(…)\` calls it only where it is there.`

const givenTo = ({ message }: Mistake) =>
  /^(?:Type|Argument of type) '(.*?)' is not assignable to (?:parameter of )?type '(.*?)'/.exec(message) ?? []

/** `const port: number = ports.get("ssh")`, `current = current.next` */
export const perhapsNothing: Rule = (mistake) => {
  const [, given = '', wanted = ''] = givenTo(mistake)
  const [, nothing] = /\| (null|undefined)$/.exec(given) ?? []
  if (!nothing || (given !== `${wanted} | ${nothing}` && !mistake.message.includes(`Type '${nothing}' is not`)))
    return undefined
  const value = givenValue(mistake)
  const { parent } = value
  // In a list, walked from node to node, the variable is what is to hold null at the end.
  return isAssignment(parent) && parent.right === value && ts.isIdentifier(parent.left)
    ? `It may be ${nothing}: ask first, or let \`${parent.left.text}\` be so, too, where it is declared: \`: ${inType(wanted)} | ${nothing}\`.`
    : askedFirst(value, nothing as Nothing)
}

/** `left: TreeNode = null` */
export const givenNothing: Rule = (mistake) => {
  const [, nothing, wanted = ''] = givenTo(mistake)
  if (nothing !== 'null' && nothing !== 'undefined') return undefined
  const { token } = mistake
  const { parent } = token
  const isOwn =
    ts.isPropertyDeclaration(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isReturnStatement(parent) ||
    (isAssignment(parent) && parent.left === token) ||
    valueAt(token) !== token
  return isOwn ? `What may be ${nothing} says so in its type: \`${inType(wanted)} | ${nothing}\`.` : undefined
}

/** `await jobs.put(null)`, the sign of the end in Python, where the queue is one of numbers. */
export const endOfQueue: Rule = (mistake) => {
  const [, nothing, held = ''] = givenTo(mistake)
  if ((nothing !== 'null' && nothing !== 'undefined') || !/^put(?:Nowait)?$/.test(calledName(mistake.token)))
    return undefined
  return `What the queue may hold is said where it is made: \`new queue.Queue<${inType(held)} | ${nothing}>()\`.`
}

const inType = (type: string) => (type.length > 40 ? '…' : type.includes('=>') ? `(${type})` : type)

/** `list.sort((a, b) => a > b)` */
export const comparedByYesOrNo: Rule = ({ message }) => {
  const [, a, b] =
    /^Argument of type '\((\w+): [^()]*?, (\w+): [^()]*?\) => boolean' is not .* => number'/.exec(message) ?? []
  return (
    a &&
    `What compares gives a number, below 0 where \`${a}\` comes first: \`${a} - ${b}\`, of texts \`${a}.localeCompare(${b})\`.`
  )
}
