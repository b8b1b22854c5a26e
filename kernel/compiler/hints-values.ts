/**
 * What is said of values: a number in quotes, a variable that has none yet, one too few for a call, one made within a
 * condition. Knows the message and the code at the place; asks for no types.
 */
import ts from 'typescript'
import {
  askedOf,
  callAround,
  calledName,
  givenValue,
  inShort,
  isAssignment,
  isEquality,
  type Rule,
  valueAt,
  word,
} from './hints-places.ts'

const NUMBER = /^-?\d+(\.\d+)?$/

export const quotedNumber: Rule = ({ message, token }) => {
  if (!/'(?:string|".*")' is not assignable to (?:parameter of )?type '(?:number|number \|.*|Packable)'/.test(message))
    return undefined
  const { parent } = token
  const named = ts.isPropertyAssignment(parent) && parent.name === token ? parent.initializer : undefined
  const value = added(token) ?? named ?? valueAt(token)
  return ts.isStringLiteral(value) && NUMBER.test(value.text)
    ? `In quotes it is text; the number is \`${value.text}\`.`
    : undefined
}

/** `const n: number = await input("n? ")` */
export const askedForText: Rule = ({ message, token }) =>
  /'string' is not assignable to (?:parameter of )?type 'number/.test(message) &&
  /\binput\s*\(/.test(valueAt(token).getText())
    ? '`input` gives text: `Number(await input(…))` makes a number of it.'
    : undefined

/** `total += "1"`: the place is `total`, what is wrong stands behind the sign. */
const added = (value: ts.Node): ts.Expression | undefined => {
  const { parent } = value
  const isAdded = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken
  return isAdded && parent.left === value ? parent.right : undefined
}

/** `wait(port)`, where `port` is text, or a number where text is wanted. */
export const textForNumber: Rule = (mistake) => {
  // Not what stands further down in a message about lists or functions: `const ports: number[] = text.split(",")`.
  const [, is, wanted] =
    /^(?:Type|Argument of type) '(string(?: \| \d+)?|number)' is not assignable to (?:parameter of )?type '(number|string)'/.exec(
      mistake.message,
    ) ?? []
  if (is === undefined || is === wanted) return undefined
  const value = givenValue(mistake)
  const written = added(value) ?? value
  const text = inShort(written, '…', 30)
  if (ts.isNumericLiteral(written)) return `It is a number; text stands in quotes: \`"${text}"\`.`
  if (ts.isStringLiteralLike(written)) return undefined
  if (is === 'number') return `It is a number: \`String(${text})\` makes text of it.`
  // `process.env.PORT ?? 3000`
  return `It ${is === 'string' ? 'is' : 'may be'} text: \`Number(${text})\` makes a number of it.`
}

/** `if (answer === 5)`, where `answer` is text. */
export const textAgainstNumber: Rule = ({ message, token }) => {
  if (!/'(?:string' and 'number|number' and 'string)'/.test(message)) return undefined
  const both = ts.findAncestor(token, isEquality)
  const text = both && /'string' and/.test(message) ? both.left : both?.right
  return text && text.getText().length <= 30
    ? `Text never equals a number: \`Number(${text.getText()})\` makes a number of it.`
    : undefined
}

/** `"=" * 40`, and the same of bytes, as Python repeats them. */
function timesOf(times: ts.Node): string | undefined {
  if (!ts.isBinaryExpression(times) || times.operatorToken.kind !== ts.SyntaxKind.AsteriskToken) return undefined
  const { left, right } = times
  if (ts.isTaggedTemplateExpression(left))
    return `Bytes are repeated by \`Buffer.alloc(${right.getText()}, ${left.getText()})\`: the size, and what to fill it with.`
  return ts.isStringLiteralLike(left) && !NUMBER.test(left.text)
    ? `Text is repeated by \`${left.getText()}.repeat(${right.getText()})\`.`
    : undefined
}

/** `"5" * 2` */
export const computedText: Rule = ({ token }) => {
  const sum = token.parent
  if (ts.isStringLiteral(token) && ts.isBinaryExpression(sum) && sum.operatorToken.kind === ts.SyntaxKind.PercentToken)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
    return 'Text with values in it stands in backquotes: `` `port ${port}` ``.'
  const repeated = timesOf(ts.isTaggedTemplateExpression(sum) ? sum.parent : sum)
  if (repeated) return repeated
  if (ts.isStringLiteral(token))
    return NUMBER.test(token.text) ? `In quotes it is text; the number is \`${token.text}\`.` : undefined
  // Of `peer.port * 2` the whole of it.
  const side = ts.isBinaryExpression(sum)
    ? token
    : ts.findAncestor(token, ({ parent }) => parent && ts.isBinaryExpression(parent))
  return side && /^[\w$.]{1,30}$/.test(side.getText())
    ? `Only numbers are computed with. If \`${side.getText()}\` is text, \`Number(${side.getText()})\` makes one of it.`
    : undefined
}

/** `let count; count = count + 1`; `let conn, address = await server.accept()` */
export const noValueYet: Rule = ({ message, token }) => {
  const name = word(token)
  // Of `peer.host` it is not `peer` that has no value.
  if (name === undefined || !message.includes(`'${name}'`)) return undefined
  const find = (node: ts.Node): ts.VariableDeclaration | undefined =>
    ts.isVariableDeclaration(node) &&
    !node.initializer &&
    ts.isVariableStatement(node.parent.parent) &&
    node.name.getText() === name
      ? node
      : ts.forEachChild(node, find)
  const declared = find(token.getSourceFile())
  if (!declared || !ts.isVariableDeclarationList(declared.parent)) return undefined
  const all = declared.parent.declarations
  // Only the last one is given something, which may be several things.
  const taken = all.findIndex(({ initializer }) => initializer) === all.length - 1 ? all.at(-1)?.initializer : undefined
  if (taken && (ts.isAwaitExpression(taken) || ts.isCallExpression(taken)))
    return `Several names at once stand in square brackets: \`let [${all.map((one) => one.name.getText()).join(', ')}] = …\`.`
  return `\`${name}\` has no value yet: give it one where it is declared, \`let ${name} = …\`.`
}

/** "'peer.host' is possibly 'undefined'": the place begins with `peer`. */
export const askFirst =
  (compared: string): Rule =>
  ({ message }) =>
    `Ask first: \`if (${[/^'(.+?)' is /.exec(message)?.[1] ?? 'value', compared].join(' ').trim()}) { … }\`.`

/**
 * How to ask for what was caught, so that what follows may be asked of it: `errno` is of our errors, `code` of ours and of
 * Node's own, which are of no class of ours, `status` of some.
 */
function askedOfCaught(caught: ts.Identifier): string {
  const { parent, text } = caught
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === caught ? parent.name.text : 'message'
  const ofAny = `\`if (${text} instanceof Error && "${member}" in ${text})\``
  if (/^(?:message|name|stack|cause)$/.test(member)) return `\`if (${text} instanceof Error)\``
  if (/^(?:errno|strerror)$/.test(member)) return `\`if (${text} instanceof OSError)\``
  if (/^(?:code|syscall|address)$/.test(member))
    return `\`if (${text} instanceof OSError)\` for what sockets throw, for what Node throws ${ofAny}`
  return ofAny
}

/** `error.code`, where `error` is an `Error`: Node's own errors have it. */
export const ofSomeErrors: Rule = ({ message, token }) => {
  const [, member] = /^Property '(\w+)' does not exist on type '\w*Error'/.exec(message) ?? []
  const asked = askedOf(token)
  if (!member || !asked || !ts.isIdentifier(asked)) return undefined
  if (member === 'args')
    return `\`.args\` is Python's. Here: \`${asked.text}.message\` is the text, \`${asked.text}.errno\` the number of a system's error.`
  const which = /^(?:errno|strerror)$/.test(member)
    ? `${asked.text} instanceof OSError`
    : `"${member}" in ${asked.text}`
  return `Only some errors have it: ask first, \`if (${which})\`.`
}

/** `error.message` in a `catch`, and `data.items` of what `response.json()` gave. */
export const ofUnknownType: Rule = ({ message, token }) => {
  const name = word(token)
  const value = /^'(.+)' is of type 'unknown'/.exec(message)?.[1] ?? name ?? 'value'
  const isCaught = (node: ts.Node) => ts.isCatchClause(node) && node.variableDeclaration?.name.getText() === name
  const looksCaught = name !== undefined && /^(?:e|ex|err|error|reason)$/.test(name)
  if (ts.isIdentifier(token) && value === name && (looksCaught || ts.findAncestor(token, isCaught)))
    return `Anything can be thrown: ask first, ${askedOfCaught(token)}.`
  const declaration = name === value ? `: \`const ${name}: any = …\`` : ''
  return `It may be anything: ask first, \`if (typeof ${value} === "string")\`, or say what it is where it is made${declaration}, or \`… as { name: string }\`.`
}

/** What Buffer calls what newer engines give to every Uint8Array. */
const OF_BUFFER: Record<string, string> = {
  toHex: '`data.toString("hex")` of a Buffer',
  toBase64: '`data.toString("base64")` of a Buffer',
  fromHex: '`Buffer.from(text, "hex")`',
  fromBase64: '`Buffer.from(text, "base64")`',
}

/** The language has it, and the Node below has not. */
export const notInThisNode: Rule = ({ token }) => {
  const instead = OF_BUFFER[word(token) ?? '']
  return `This version of Node does not have it yet${instead ? `: write ${instead}` : ''}.`
}

/** `data.toHex()`, which TypeScript knows of a Uint8Array but not of what extends it. */
export const newerMethod: Rule = (mistake) =>
  Object.hasOwn(OF_BUFFER, word(mistake.token) ?? '') && /on type '(?:Buffer|Uint8Array)/.test(mistake.message)
    ? notInThisNode(mistake)
    : undefined

/** `while (const conn = await server.accept())` */
export const declaredInCondition: Rule = ({ line }) =>
  /\b(?:while|if)\s*\(\s*(?:const|let|var)\b/.test(line)
    ? 'A condition makes no names: declare it in the line before, or within the block of `while (true) { … }`.'
    : undefined

/** `sock.setsockopt(socket.SO_REUSEADDR, 1)` */
export const levelFirst: Rule = ({ token }) => {
  const name = calledName(token)
  if (name !== 'setsockopt' && name !== 'getsockopt') return undefined
  const option = callAround(token)?.arguments?.[0]?.getText() ?? ''
  const level = /\bTCP_/.test(option) ? 'IPPROTO_TCP' : /\bIP_/.test(option) ? 'IPPROTO_IP' : 'SOL_SOCKET'
  if (!/\b(?:SO|TCP|IP)_[A-Z_]+$/.test(option)) return undefined
  return `The option's level comes first: \`${name}(socket.${level}, ${option}${name === 'setsockopt' ? ', …' : ''})\`.`
}

/** `sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)` */
export const optionWithoutValue: Rule = ({ token }) => {
  const given = callAround(token)?.arguments?.map((one) => one.getText()) ?? []
  return calledName(token) === 'setsockopt' && given.length === 2
    ? `The value comes third, 1 for on and 0 for off: \`setsockopt(${given.join(', ')}, 1)\`.`
    : undefined
}

/** `setTimeout(console.log("late"), 1000)` */
export const calledAtOnce: Rule = ({ message, token }) => {
  if (!/'(?:void|Promise<.*>)' is not assignable/.test(message)) return undefined
  const isLater = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) &&
    /^(?:setTimeout|setInterval|setImmediate|queueMicrotask)$/.test(node.expression.getText())
  const call = ts.findAncestor(token, isLater)
  const [first, ...rest] = call?.arguments ?? []
  if (!call || !first || !ts.isCallExpression(first) || first.getStart() !== token.getStart()) return undefined
  const given = [`() => ${first.getText()}`, ...rest.map((one) => one.getText())].join(', ')
  return `This calls it at once. What is to happen later is a function: \`${call.expression.getText()}(${given})\`.`
}

/** `if (data.length = 0)` */
export const givenInCondition: Rule = ({ token }) => {
  const given = ts.findAncestor(token, (node) => isAssignment(node) || ts.isStatement(node))
  if (!given || !isAssignment(given)) return undefined
  const { parent } = given
  const isAsked = (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === given
  return isAsked
    ? `\`=\` gives a value. What compares is \`===\`: \`${given.left.getText()} === ${given.right.getText()}\`.`
    : undefined
}
