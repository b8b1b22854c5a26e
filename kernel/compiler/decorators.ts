/**
 * Decorators of the language, or TypeScript's older ones that notebooks written for tslab use: the cell tells by what
 * fits. The language's are tried first; once a cell needs the older ones, they stay.
 */
import type ts from 'typescript'

/** `experimentalDecorators` of the compiler options. */
export const decorators = { legacy: process.env.SOCKETLAB_COMPILER === 'plain' }

/** "Unable to resolve signature of … decorator", "Decorator function return type …", "Decorators are not valid here". */
const MISFITS = new Set([1206, 1219, 1238, 1239, 1240, 1241, 1270, 1271, 1278, 1279, 1329])

/** Does the code perhaps have decorators? */
export const mayDecorate = (code: string): boolean => /(?:^|[\s({])@[\w(]/.test(code)

/** Does what was found speak of decorators of the other kind? */
export const isMisfit = (found: readonly ts.Diagnostic[]): boolean => found.some(({ code }) => MISFITS.has(code))
