/**
 * A comparison that failed, as an error: what is thrown for a learner to read, and nothing else. Knows no comparisons.
 */

/** Its message is all that there is to say. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure'
}
