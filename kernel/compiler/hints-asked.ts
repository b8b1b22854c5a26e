/**
 * Which hints are for what is asked for and not there: a name, a module, a member. By TypeScript's number, the first that has
 * something to say.
 */
import { rowOfFive } from './hints-addresses.ts'
import { forgottenAwait } from './hints-await.ts'
import { numberOfBytes } from './hints-bytes.ts'
import { keyOfMap, memberOfAnother } from './hints-collections.ts'
import { roundNames, taggedByHabit } from './hints-copied.ts'
import { endedWithItsBlock, placesOfList, pythonMethod } from './hints-habits.ts'
import { hiddenByCell } from './hints-hidden.ts'
import { dotBefore, pythonSyntax, shell } from './hints-lines.ts'
import { askedOfTheModule, ofNodeCrypto, pairTaken, undeclaredField } from './hints-members.ts'
import { missingModule } from './hints-modules.ts'
import { namesTogether, typeWithoutDeclaration, unknownName, valuesTogether } from './hints-names.ts'
import { eventOfThePage } from './hints-namesakes.ts'
import { memberNearly } from './hints-nearly.ts'
import { memberOfModule, partOfPackage, wholePackage } from './hints-package.ts'
import type { Rule } from './hints-places.ts'
import { nothingReturned, pairOfMap, partsTaken } from './hints-plain.ts'
import { namedThreadParts } from './hints-threads.ts'
import { bracketedType, typeOfElsewhere } from './hints-types.ts'
import { newerMethod, ofSomeErrors } from './hints-values.ts'

export const ASKED: Record<number, Rule[]> = {
  2304: [
    shell,
    roundNames,
    numberOfBytes,
    namedThreadParts,
    taggedByHabit,
    pythonSyntax,
    namesTogether,
    valuesTogether,
    typeWithoutDeclaration,
    endedWithItsBlock,
    bracketedType,
    typeOfElsewhere,
    unknownName,
  ],
  2552: [
    numberOfBytes,
    typeOfElsewhere,
    namedThreadParts,
    namesTogether,
    valuesTogether,
    typeWithoutDeclaration,
    endedWithItsBlock,
    unknownName,
  ],
  2503: [unknownName],
  2305: [memberOfModule],
  2307: [partOfPackage, missingModule],
  2882: [missingModule],
  2339: [
    dotBefore,
    wholePackage,
    numberOfBytes,
    forgottenAwait,
    hiddenByCell,
    pairTaken,
    rowOfFive,
    placesOfList,
    pythonMethod,
    memberOfAnother,
    keyOfMap,
    askedOfTheModule,
    undeclaredField,
    eventOfThePage,
    ofNodeCrypto,
    newerMethod,
    ofSomeErrors,
    memberNearly,
    pairOfMap,
    partsTaken,
    nothingReturned,
  ],
  2551: [pythonMethod, memberOfAnother, memberNearly],
}
