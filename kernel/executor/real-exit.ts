/** The end of the process, kept from before cells are given an `exit` that only ends the cell. */

/** Node has reallyExit and its types do not: process.exit without the `exit` event. */
export type ProcessWithReallyExit = NodeJS.Process & { reallyExit(code?: number): never }

export const realExit = (process as ProcessWithReallyExit).reallyExit.bind(process)
