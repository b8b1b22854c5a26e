/**
 * TypeScript's messages in words for a beginner. Knows TypeScript's numbers, and the handful of mistakes that learners
 * of sockets make; knows nothing of places and frames.
 */
import ts from 'typescript'

/** The message of one diagnostic. */
export function inPlainWords(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
}
