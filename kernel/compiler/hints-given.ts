/**
 * Which hints are for a value that does not fit where it is given: to a variable, to a call, in an object. By TypeScript's
 * number, the first that has something to say.
 */
import {
  addressFirst,
  addressInOrder,
  addressIsAPair,
  addressSwapped,
  looseAddress,
  portIsANumber,
  rowsForText,
  unixAddressIsAPath,
} from './hints-addresses.ts'
import { forgottenAwait } from './hints-await.ts'
import {
  bytesElsewhere,
  bytesForText,
  bytesOfNumber,
  joinedInList,
  listOfBytes,
  otherMemory,
  pythonOfBytes,
  sizeOrBytes,
  textForBytes,
  textForOneByte,
  valueForBytes,
} from './hints-bytes.ts'
import { joinedToNothing, listOfNothing } from './hints-collections.ts'
import { bytesCalled, functionFirst } from './hints-copied.ts'
import { calledBack, inText, listOfOne } from './hints-habits.ts'
import { constantInQuotes, kindInQuotes, pairByThen, pairTaken } from './hints-members.ts'
import { roundPair } from './hints-names.ts'
import { eventOfThePage, socketOfNode } from './hints-namesakes.ts'
import {
  addressAsText,
  bytesAsNumber,
  givenToMethod,
  nothingComesBack,
  threadTarget,
  writtenSo,
} from './hints-nearly.ts'
import { comparedByYesOrNo, endOfQueue, givenNothing, perhapsNothing } from './hints-nothing.ts'
import { type Rule, said } from './hints-places.ts'
import { baseOfBytes, bytesMade, listOfNumbers } from './hints-plain.ts'
import { bigint, structArgument } from './hints-struct.ts'
import { targetCalled, threadArguments, workerTarget } from './hints-threads.ts'
import { askedForText, calledAtOnce, quotedNumber, textForNumber } from './hints-values.ts'
import { anyLength, anyText } from './hints-widened.ts'
import { argumentsMissing, limitOfOneCall, snakeCase } from './named-forms.ts'

export const GIVEN: Record<number, Rule[]> = {
  2322: [
    addressFirst,
    bytesCalled,
    textForBytes,
    targetCalled,
    workerTarget,
    forgottenAwait,
    listOfOne,
    inText,
    bytesElsewhere,
    perhapsNothing,
    givenNothing,
    said(
      /^Type 'Timeout' is not assignable to type 'number'/,
      'In Node a timer is an object: its type is `NodeJS.Timeout`.',
    ),
    rowsForText,
    looseAddress,
    addressIsAPair,
    portIsANumber,
    addressInOrder,
    threadArguments,
    quotedNumber,
    textForOneByte,
    constantInQuotes,
    askedForText,
    textForNumber,
    bigint,
    anyText,
    anyLength,
    addressAsText,
    bytesAsNumber,
    nothingComesBack,
    givenToMethod,
  ],
  2345: [
    eventOfThePage,
    socketOfNode,
    listOfNothing,
    sizeOrBytes,
    pythonOfBytes,
    otherMemory,
    joinedInList,
    listOfBytes,
    addressFirst,
    bytesCalled,
    calledBack,
    pairByThen,
    roundPair,
    argumentsMissing,
    threadArguments,
    forgottenAwait,
    structArgument,
    listOfOne,
    textForBytes,
    bytesForText,
    valueForBytes,
    rowsForText,
    looseAddress,
    unixAddressIsAPath,
    addressIsAPair,
    pairTaken,
    quotedNumber,
    constantInQuotes,
    textForNumber,
    calledAtOnce,
    perhapsNothing,
    endOfQueue,
    comparedByYesOrNo,
    bigint,
    anyText,
    anyLength,
    said(
      /'number' is not assignable to parameter of type '.*Uint8Array'/,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: code that the learner is to write
      'A socket carries bytes: write bytes`${number}` for one byte, or Buffer.from(String(number)) for its digits.',
    ),
    bytesAsNumber,
    baseOfBytes,
    said(
      /type 'BufferEncoding\b/,
      'The ways to write bytes as text: "utf8", "utf16le", "latin1", "ascii", "hex", "base64", "base64url".',
    ),
    listOfNumbers,
    writtenSo,
  ],
  2353: [threadTarget, snakeCase, limitOfOneCall, valueForBytes, addressIsAPair],
  2739: [forgottenAwait, eventOfThePage, socketOfNode, bytesMade],
  2740: [
    said(/^Type 'Buffer' is missing .* type 'number\[\]'/, 'A list of numbers is made of bytes by `[...data]`.'),
    forgottenAwait,
    eventOfThePage,
    socketOfNode,
    bytesMade,
  ],
  2741: [forgottenAwait],
  2769: [
    otherMemory,
    addressFirst,
    calledAtOnce,
    forgottenAwait,
    kindInQuotes,
    constantInQuotes,
    bytesOfNumber,
    calledBack,
    argumentsMissing,
    functionFirst,
    textForBytes,
    looseAddress,
    addressIsAPair,
    addressSwapped,
    joinedToNothing,
    bytesMade,
    bigint,
    anyText,
    quotedNumber,
    writtenSo,
  ],
}
