/**
 * A failure that somebody can do something about: what happened, what to do, and the last lines of who failed.
 */
export class SetupFailure extends Error {
  /**
   * @param {string} message what happened, in one sentence
   * @param {{ advice?: string, lines?: string[], cause?: unknown }} [more]
   */
  constructor(message, { advice, lines = [], cause } = {}) {
    super(message, { cause })
    this.name = 'SetupFailure'
    this.advice = advice
    this.lines = lines
  }
}

/** Runs a command's main function; a failure is printed for people, a mistake of ours with its stack. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    process.exitCode = 1
    if (!(error instanceof SetupFailure)) {
      console.error(error)
      return
    }
    for (const line of error.lines) console.error(`  | ${line}`)
    console.error(`\nsocketlab: ${error.message}`)
    if (error.advice) console.error(error.advice)
  }
}
