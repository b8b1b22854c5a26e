/** Which rules are asked about what cannot be parsed, by TypeScript's number. */
import { closesNothing, commasInFor, openBracket } from './hints-brackets.ts'
import {
  consoleLine,
  included,
  quotesAfterBytes,
  quoteWithin,
  roundNames,
  typeBeforeName,
  typographic,
  withoutBrackets,
} from './hints-copied.ts'
import { givenType, namesInDeclaration, objectAsBlock, withStatement } from './hints-habits.ts'
import { magic, pythonSyntax, shell } from './hints-lines.ts'
import { caughtType } from './hints-members.ts'
import { valuesTogether } from './hints-names.ts'
import type { Rule } from './hints-places.ts'
import { oneStatementMore } from './hints-plain.ts'
import { elseIfAlone } from './hints-slips.ts'
import { threadKeywords } from './hints-threads.ts'
import { bracketedType } from './hints-types.ts'
import { declaredInCondition } from './hints-values.ts'

export const SYNTAX: Record<number, Rule[]> = {
  1002: [
    pythonSyntax,
    () => 'A text ends with the quote it began with, on the same line; one of several lines stands in backquotes.',
  ],
  1005: [
    elseIfAlone,
    shell,
    bracketedType,
    threadKeywords,
    commasInFor,
    quoteWithin,
    quotesAfterBytes,
    typeBeforeName,
    withoutBrackets,
    consoleLine,
    pythonSyntax,
    objectAsBlock,
    closesNothing,
    oneStatementMore,
    openBracket,
  ],
  1104: [() => '`continue` goes on with the next turn of a loop, and there is none around it.'],
  1105: [() => '`break` ends a loop or a `case`, and there is none around it.'],
  1107: [
    ({ token }) =>
      `The function in between is no part of the loop: \`return\` ends it, and a loop that \`${token.getText()}\` reaches is \`for (const item of list) { … }\`.`,
  ],
  1102: [() => 'A variable is not deleted: it is given another value; a socket is closed, `sock.close()`.'],
  1127: [included, typographic, pythonSyntax],
  1128: [consoleLine, pythonSyntax, closesNothing],
  1101: [withStatement],
  1109: [shell, magic, consoleLine, included, declaredInCondition, threadKeywords, pythonSyntax, closesNothing],
  1134: [roundNames, valuesTogether, () => 'A name begins with a letter.'],
  1144: [givenType, pythonSyntax],
  1155: [roundNames, namesInDeclaration],
  1160: [() => 'A text in backquotes ends with a backquote.'],
  1180: [pythonSyntax],
  1181: [pythonSyntax],
  1196: [caughtType],
  1214: [roundNames],
  1434: [shell, typeBeforeName, withoutBrackets, pythonSyntax],
  1435: [typeBeforeName, pythonSyntax],
  1472: [pythonSyntax],
  1308: [
    () =>
      '`await` works at the top of a cell and inside functions marked `async`: write `async function …` or `async () => …`.',
  ],
}
