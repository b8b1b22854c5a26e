/**
 * What to write instead, for the mistakes that learners of sockets make. By TypeScript's number, the message, and the
 * code at the place; no types are asked for. Knows nothing of how it is shown.
 */
import ts from 'typescript'
import { internals } from './internals.ts'
import { PYTHON_NAMES, pythonLine } from './python-words.ts'

interface Mistake {
  message: string
  /** The smallest piece of code at the place, and what it stands in. */
  token: ts.Node
  line: string
  related: boolean
}

type Rule = (mistake: Mistake) => string | undefined

const ADDRESS = /type '(?:.*Address|.*\[host: string, port: number.*)'/
const said =
  (pattern: RegExp, hint: string): Rule =>
  ({ message }) =>
    pattern.test(message) ? hint : undefined

/** The call around a place. */
function callAround(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  for (let at = node; at && !ts.isStatement(at); at = at.parent)
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) return at
  return undefined
}

const textForBytes: Rule = ({ message, token: place }) => {
  if (!/'string' is not assignable to (?:parameter of )?type '.*(?:Uint8Array|Buffer)'/.test(message)) return undefined
  const token = valueAt(place)
  const given = ts.isStringLiteralLike(token)
    ? `bytes\`${token.text.replace(/[`\\$]/g, '\\$&')}\``
    : `Buffer.from(${word(token) ?? 'text'})`
  return `A socket carries bytes, not text: write ${given}${ts.isStringLiteralLike(token) ? ', or Buffer.from(text) for any text' : ''}.`
}

const word = (token: ts.Node) => (ts.isIdentifier(token) ? token.text : undefined)

const looseAddress: Rule = ({ message, token }) =>
  /'\(string \| number\)\[\]' is not assignable/.test(message) && ADDRESS.test(message)
    ? `TypeScript took the variable for a list of any length. Say what it is: \`const ${word(token) ?? 'ADDRESS'}: socket.InetAddress = …\``
    : undefined

const addressIsAPair: Rule = ({ message }) =>
  /type '(?:string|number)' is not assignable/i.test(message) && ADDRESS.test(message)
    ? 'An address is host and port in square brackets: `["127.0.0.1", 5000]`.'
    : undefined

const ADDRESSED = /^(bind|connect|connectEx|createConnection|sendto)$/

/** `bind` of `server.bind(…)`, around a place. */
function calledName(node: ts.Node): string {
  const call = callAround(node)
  return call && ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : ''
}

const twoForOne: Rule = ({ token }) => {
  const name = calledName(token)
  if (!ADDRESSED.test(name) || name === 'sendto') return undefined
  return `The address is one thing, host and port in square brackets: \`${name}(["127.0.0.1", 5000])\`.`
}

/** The value at a place, or the one that the variable there gets. */
const valueAt = (token: ts.Node): ts.Node => {
  const declaration = ts.findAncestor(token, (node) => ts.isStatement(node) || ts.isVariableDeclaration(node))
  const isName =
    declaration &&
    ts.isVariableDeclaration(declaration) &&
    token.pos >= declaration.name.pos &&
    token.end <= declaration.name.end
  return (isName && declaration.initializer) || token
}

const forgottenAwait: Rule = ({ message, related, token }) => {
  if (!related && !/(?:Type|Argument of type|on type|types|and|this) 'Promise</.test(message)) return undefined
  const name = calledName(valueAt(token))
  return `${name ? `\`${name}\` returns a Promise, which is not the value yet` : 'A Promise is not the value yet'}: add \`await\`.`
}

const unknownName: Rule = ({ message, token }) => {
  const name = word(token)
  if (name && Object.hasOwn(PYTHON_NAMES, name)) return `\`${name}\` is Python's. Here: ${PYTHON_NAMES[name]}.`
  const { parent } = token
  if (
    name &&
    ts.isBinaryExpression(parent) &&
    parent.left === token &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  )
    return `A new name is declared first: \`let ${name} = …\`.`
  if (!name || /Did you mean/.test(message)) return undefined
  return `No cell that has run declares \`${name}\`: run its cell first, or check the spelling. (A cell with an error declares nothing.)`
}

const missingModule: Rule = ({ token }) => {
  if (!ts.isStringLiteral(token)) return undefined
  return token.text.startsWith('.')
    ? "The path starts from the notebook's folder."
    : `If it is a package of npm, install it in the notebook's folder: \`npm install ${token.text}\`.`
}

const commasInFor: Rule = ({ line }) =>
  /^\s*for\s*\([^;]*,[^;]*,/.test(line)
    ? 'The three parts of a `for` are separated by `;`: `for (let i = 0; i < 3; i++)`.'
    : undefined

const pythonSyntax: Rule = ({ line }) => {
  const hint = pythonLine(line)
  return hint && `This line reads like Python: ${hint}.`
}

const addressInOrder: Rule = ({ token }) => {
  const name = ts.isArrayLiteralExpression(token.parent) ? calledName(token) : ''
  return ADDRESSED.test(name) ? 'An address is `[host, port]`: first a text, then a number.' : undefined
}

const quotedNumber: Rule = ({ message, token }) =>
  /'string' is not assignable to (?:parameter of )?type '(?:number|number \|.*)'/.test(message) &&
  ts.isStringLiteral(token) &&
  /^[\d.]+$/.test(token.text)
    ? `In quotes it is text; the number is \`${token.text}\`.`
    : undefined

const openBracket: Rule = ({ message, token }) =>
  /^'[)}\],]' expected/.test(message) && token.end >= token.getSourceFile().text.trimEnd().length
    ? 'A bracket that was opened further up is not closed.'
    : undefined

const threadArguments: Rule = ({ message, token }) => {
  const call = callAround(token)
  if (!call || !/\bThread$/.test(call.expression.getText())) return undefined
  if (/Property 'args' is missing/.test(message))
    return 'The target takes parameters: give them in order, `args: [first, second]`.'
  return /element|assignable/.test(message) ? '`args` must hold, in order, what the target takes.' : undefined
}

const constantAsType: Rule = ({ line, message }) => {
  const name = /\b((?:AF|SOCK|IPPROTO)_\w+)/.exec(line)?.[1]
  if (!name || !/exported member|refers to a value/.test(message)) return undefined
  const kind = name.startsWith('AF_') ? 'AddressFamily' : name.startsWith('SOCK_') ? 'SocketKind' : undefined
  return `\`${name}\` is a value, not a type. A socket's type is \`socket.Socket\`${kind ? `, that of \`${name}\` is \`socket.${kind}\`` : ''}.`
}

const RULES: Record<number, Rule[]> = {
  1002: [
    pythonSyntax,
    () => 'A text ends with the quote it began with, on the same line; one of several lines stands in backquotes.',
  ],
  1005: [commasInFor, pythonSyntax, openBracket],
  1127: [pythonSyntax],
  1128: [pythonSyntax],
  1109: [pythonSyntax],
  1134: [() => 'A name begins with a letter.'],
  1160: [() => 'A text in backquotes ends with a backquote.'],
  1434: [pythonSyntax],
  1435: [pythonSyntax],
  1472: [pythonSyntax],
  1308: [
    () =>
      '`await` works at the top of a cell and inside functions marked `async`: write `async function …` or `async () => …`.',
  ],
  2304: [pythonSyntax, unknownName],
  2552: [unknownName],
  2503: [unknownName],
  2307: [missingModule],
  2322: [
    textForBytes,
    forgottenAwait,
    said(/'Buffer' is not assignable to type 'string'/, 'These are bytes: `.toString()` makes text of them.'),
    said(/\| null' is not assignable/, 'It may be null: ask first, `if (value !== null)`.'),
    looseAddress,
    addressIsAPair,
    addressInOrder,
    threadArguments,
    quotedNumber,
  ],
  2339: [forgottenAwait],
  2345: [
    threadArguments,
    forgottenAwait,
    textForBytes,
    looseAddress,
    addressIsAPair,
    quotedNumber,
    said(
      /'number' is not assignable to parameter of type '.*Uint8Array'/,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
      'A socket carries bytes: write bytes`${number}` for one byte, or Buffer.from(String(number)) for its digits.',
    ),
  ],
  2348: [({ token }) => `It is a class: \`new ${callAround(token)?.expression.getText() ?? '…'}(…)\`.`],
  2349: [
    said(
      /typeof (socket|threading|select|queue)'/,
      'That name is the module; what it offers stands behind a dot: `socket.socket()`.',
    ),
  ],
  2351: [said(/typeof socket|=> Socket/, '`socket.socket()` is a plain call, without `new`.')],
  2362: [forgottenAwait],
  2363: [forgottenAwait],
  2365: [forgottenAwait],
  2367: [
    said(
      /'Buffer' and 'string'|'string' and 'Buffer'/,
      'Bytes never equal text: compare `data.toString() === "…"`, or bytes with `data.equals(bytes`…`)`.',
    ),
  ],
  2448: [
    ({ token }) =>
      `A \`let\` or \`const\` makes a new \`${word(token) ?? 'variable'}\`, which has no value yet. To change the one there is, leave out the \`let\`.`,
  ],
  2451: [() => 'It is declared twice in this cell: leave out one `let` or `const`.'],
  2488: [
    said(/'AsyncIterable|AsyncGenerator/, 'Its parts arrive one after another: write `for await (… of …)`.'),
    forgottenAwait,
  ],
  2554: [twoForOne],
  2555: [twoForOne],
  2564: [() => 'Give it a value where it is declared (`count = 0`), or in the constructor.'],
  2588: [() => 'What is to change is declared with `let`.'],
  2694: [constantAsType],
  2724: [constantAsType],
  2749: [constantAsType],
  2801: [forgottenAwait],
  7006: [() => 'Say what it is, for instance `name: string` or `sock: socket.Socket`.'],
  7009: [said(/'new'/, 'It is a plain call: write it without `new`.')],
  18046: [({ token }) => `Anything can be thrown: ask first, \`if (${word(token) ?? 'error'} instanceof Error)\`.`],
  18047: [({ token }) => `Ask first: \`if (${word(token) ?? 'value'} !== null) { … }\`.`],
  18048: [({ token }) => `Ask first: \`if (${word(token) ?? 'value'} !== undefined) { … }\`.`],
}

/** Hints are for what people type, and patterns slow on what they do not. */
const LONGEST_LINE = 400

/** TypeScript's own "Did you forget to use 'await'?". */
const FORGOT_AWAIT = 2773

/** What the learner wrote there: tslab's converter appends `export {…}` to a cell. */
function lineAt(file: ts.SourceFile, line: number): string {
  const lines = file.text.split(/\r?\n/, line + 1)
  const text = lines[line] ?? ''
  return (text.startsWith('export {') && text.endsWith('}') ? (lines[line - 1] ?? '') : text).slice(0, LONGEST_LINE)
}

/** What to write instead, if the mistake is a known one. */
export function hintFor({ code, file, start, relatedInformation }: ts.Diagnostic, message: string): string | undefined {
  const rules = RULES[code]
  if (!rules || !file || start === undefined) return undefined
  const { line } = file.getLineAndCharacterOfPosition(start)
  const mistake: Mistake = {
    message,
    token: internals.getTokenAtPosition(file, start),
    line: lineAt(file, line),
    related: relatedInformation?.some((each) => each.code === FORGOT_AWAIT) ?? false,
  }
  for (const rule of rules) {
    const hint = rule(mistake)
    if (hint) return hint
  }
  return undefined
}
