/**
 * What to write instead, for the mistakes that learners of sockets make. By TypeScript's number, the message, and the
 * code at the place; no types are asked for. Knows nothing of how it is shown.
 */
import type ts from 'typescript'
import { twoForOne } from './hints-addresses.ts'
import { ASKED } from './hints-asked.ts'
import { forgottenAwait } from './hints-await.ts'
import { caseOfText, emptyText, shorterBytes } from './hints-bytes.ts'
import { countedLoop, objectIsNoList, sameMembers, setOfNothing, splitByNothing } from './hints-collections.ts'
import { fenced, roundNames } from './hints-copied.ts'
import { GIVEN } from './hints-given.ts'
import {
  calledBack,
  constructorFunction,
  dictWithoutType,
  everyWayReturns,
  joinedBytes,
  keyOfAnObject,
  listOfOne,
  notInstance,
  ownSelf,
} from './hints-habits.ts'
import { hiddenByCell, hiddenInCell } from './hints-hidden.ts'
import { ofLanguage } from './hints-language.ts'
import { goesOn } from './hints-lines.ts'
import {
  constantAsType,
  countedArguments,
  lengthCalled,
  namedOnly,
  optionByPosition,
  settingCalled,
} from './hints-members.ts'
import {
  calledNamespace,
  missingTypes,
  reactForJsx,
  requiredWithoutTypes,
  typesInJavaScript,
  untypedModule,
} from './hints-modules.ts'
import { namesTogether, roundPair, typeWithoutDeclaration, unknownName, usedAbove } from './hints-names.ts'
import { eventOfThePage } from './hints-namesakes.ts'
import { givenToMethod, handlerTakesNothing, outOfAQueue, writtenSo } from './hints-nearly.ts'
import { calledNothing, undefinedList, undefinedObject } from './hints-nothing.ts'
import { memberOfModule, wholePackage } from './hints-package.ts'
import { callAround, type Mistake, type Rule, said } from './hints-places.ts'
import {
  dateAsNumber,
  generatorNamed,
  partsTaken,
  recordIsNoMap,
  shorterThanList,
  swappedNames,
} from './hints-plain.ts'
import { ifThen, slips } from './hints-slips.ts'
import { bigint, noSuchPlace } from './hints-struct.ts'
import { SYNTAX } from './hints-syntax.ts'
import { acquiredForUsing, lockWithoutHold, nothingToClose, threadArguments, threadKeywords } from './hints-threads.ts'
import {
  askFirst,
  computedText,
  givenInCondition,
  levelFirst,
  notInThisNode,
  noValueYet,
  ofUnknownType,
  optionWithoutValue,
  textAgainstNumber,
} from './hints-values.ts'
import { internals } from './internals.ts'

/** Annotations, type parameters, `interface`, `enum`, `private`, `as` and their kin where only JavaScript may stand. */
const TYPES_IN_JAVASCRIPT = [8004, 8005, 8006, 8008, 8009, 8010, 8011, 8012, 8013, 8016, 8037]

const RULES: Record<number, Rule[]> = {
  ...SYNTAX,
  ...GIVEN,
  ...ASKED,
  2355: [everyWayReturns],
  2366: [everyWayReturns],
  2358: [notInstance],
  2348: [
    threadKeywords,
    said(/'typeof Socket'/, 'A socket is made by a call with a small letter: `socket.socket()`.'),
    said(/'BufferConstructor'/, 'Bytes of a text are made by `Buffer.from(text)`, of a size by `Buffer.alloc(size)`.'),
    ({ token }) => `It is a class: \`new ${callAround(token)?.expression.getText() ?? '…'}(…)\`.`,
  ],
  2349: [
    settingCalled,
    wholePackage,
    calledNamespace,
    recordIsNoMap,
    lengthCalled,
    hiddenByCell,
    said(
      /typeof (socket|threading|select|queue)'/,
      'That name is the module; what it offers stands behind a dot: `socket.socket()`.',
    ),
  ],
  2493: [noSuchPlace],
  2721: [settingCalled],
  2351: [calledNamespace, said(/typeof socket|=> Socket/, '`socket.socket()` is a plain call, without `new`.')],
  2362: [forgottenAwait, computedText, dateAsNumber],
  2363: [forgottenAwait, computedText, dateAsNumber],
  2364: [roundNames],
  2365: [forgottenAwait, joinedBytes, listOfOne, bigint, shorterThanList],
  2367: [
    forgottenAwait,
    listOfOne,
    emptyText,
    textAgainstNumber,
    said(
      /'Buffer' and 'string'|'string' and 'Buffer'/,
      'Bytes never equal text: compare `data.toString() === "…"`, or bytes with `data.equals(bytes`…`)`.',
    ),
  ],
  2448: [hiddenInCell, usedAbove],
  2449: [usedAbove],
  2450: [usedAbove],
  2451: [() => 'It is declared twice in this cell: leave out one `let` or `const`.'],
  2488: [
    objectIsNoList,
    countedLoop,
    said(/'Async(?:It|Gen)era|'\w+File'/, 'Its parts arrive one after another: write `for await (… of …)`.'),
    namedOnly,
    forgottenAwait,
    undefinedList,
    outOfAQueue,
    partsTaken,
  ],
  2504: [
    generatorNamed,
    said(
      /^Type 'Socket/,
      'Connections come one after another from `server.connections()`, bytes from `conn.chunks()`: `for await (const data of conn.chunks()) …`.',
    ),
    outOfAQueue,
  ],
  2531: [() => 'It may be null: give it a name, `const value = …`, and ask first, `if (value !== null) { … }`.'],
  2532: [undefinedObject],
  2533: [undefinedObject],
  2722: [calledNothing],
  2454: [noValueYet],
  2538: [forgottenAwait, bigint, keyOfAnObject],
  2540: [givenInCondition, shorterBytes, givenToMethod],
  2550: [notInThisNode],
  2416: [handlerTakesNothing],
  2554: [
    threadArguments,
    levelFirst,
    optionWithoutValue,
    splitByNothing,
    countedArguments,
    eventOfThePage,
    twoForOne,
    writtenSo,
  ],
  2555: [twoForOne],
  2559: [threadArguments, optionByPosition, calledBack],
  2571: [
    () =>
      'It may be anything: give it a name and say what it is, `const value = … as { name: string }`, or `const value: any = …`.',
  ],
  2563: [
    () =>
      'TypeScript follows some 2,000 branches of one function: put parts into functions, or into cells, of their own.',
  ],
  2564: [() => 'Give it a value where it is declared (`count = 0`), or in the constructor.'],
  2588: [givenInCondition, () => 'What is to change is declared with `let`.'],
  2678: [caseOfText],
  2693: [typeWithoutDeclaration, said(/'Console'/, 'It begins with a small letter: `console`.')],
  2695: [swappedNames, namesTogether, roundPair],
  2694: [constantAsType],
  2724: [memberOfModule, constantAsType],
  2688: [missingTypes],
  2709: [said(/'socket'/, "A socket's type is `socket.Socket`.")],
  2749: [constantAsType, said(/^'bytes'/, 'The type of bytes is `Buffer`.')],
  2775: [
    ({ token }) =>
      `Declare it as a function, with its type: \`function ${token.getText()}(value: unknown): asserts value { … }\`.`,
  ],
  2801: [forgottenAwait],
  2839: [sameMembers],
  2850: [lockWithoutHold, acquiredForUsing, forgottenAwait],
  2851: [acquiredForUsing, nothingToClose],
  2874: [reactForJsx],
  6053: [() => "The path starts from the notebook's folder."],
  7016: [untypedModule],
  7026: [reactForJsx],
  7034: [
    said(/'any\[\]'/, 'An empty list gets a type, which says what will be in it: `const names: string[] = []`.'),
    ({ token }) => `Say where it is declared what it will hold: \`${token.getText()}: number | undefined\`.`,
  ],
  7053: [forgottenAwait, dictWithoutType],
  7006: [ownSelf, requiredWithoutTypes, () => 'Say what it is, for instance `name: string` or `sock: socket.Socket`.'],
  7008: [
    ({ token }) => `Say what it will be: \`${token.getText()}: number\`, \`${token.getText()}: socket.Socket\`, ….`,
  ],
  7009: [constructorFunction, said(/'new'/, 'It is a plain call: write it without `new`.')],
  ...Object.fromEntries(TYPES_IN_JAVASCRIPT.map((code) => [code, [typesInJavaScript]])),
  18004: [unknownName],
  18046: [setOfNothing, ofUnknownType],
  18047: [askFirst('!== null')],
  18048: [noValueYet, askFirst('!== undefined')],
  18049: [askFirst('')],
}

/** Hints are for what people type, and patterns slow on what they do not. */
const LONGEST_LINE = 400

/** TypeScript's own "Did you forget to use 'await'?". */
const FORGOT_AWAIT = 2773

/** "Type originates at this import. A namespace-style import cannot be called …" */
const FROM_NAMESPACE = 7038

/** What the learner wrote there: tslab's converter appends `export {…}` to a cell. */
function lineAt(file: ts.SourceFile, line: number): string {
  const lines = file.text.split(/\r?\n/, line + 1)
  const text = lines[line] ?? ''
  return (text.startsWith('export {') && text.endsWith('}') ? (lines[line - 1] ?? '') : text).slice(0, LONGEST_LINE)
}

/** What to write instead, if the mistake is a known one. */
export function hintFor(
  { code, file, start, length, relatedInformation }: ts.Diagnostic,
  message: string,
): string | undefined {
  if (!file || start === undefined) return undefined
  const { line } = file.getLineAndCharacterOfPosition(start)
  const mistake: Mistake = {
    message,
    token: internals.getTokenAtPosition(file, start),
    line: lineAt(file, line),
    start,
    end: start + (length ?? 0),
    related: relatedInformation?.some((each) => each.code === FORGOT_AWAIT) ?? false,
    namespace: relatedInformation?.some((each) => each.code === FROM_NAMESPACE) ?? false,
  }
  // What is no syntax error (1000 …) may come of two lines that were read as one.
  for (const rule of [
    fenced,
    ifThen,
    ...(code >= 2000 ? [goesOn] : []),
    ...(RULES[code] ?? []),
    ...slips(code),
    ...ofLanguage(code),
  ]) {
    const hint = rule(mistake)
    if (hint) return hint
  }
  return undefined
}
