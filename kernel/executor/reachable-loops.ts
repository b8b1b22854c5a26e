/**
 * The one flag of V8 that kernels need, set while they run: as a word of the command line it takes from V8 the code that
 * Node has in store for its own modules, and doubles the start of a thread. Knows nothing of cells.
 */
import * as v8 from 'node:v8'
import { UNROLLING } from '../bridge/code-cache.ts'

// Kept from before cells could replace it, and before it is closed to what is graded.
const { setFlagsFromString } = v8
let isSet = false

/**
 * Lets ■ reach every loop that is compiled from now on: V8 13.6 leaves out the check for interrupts in a loop that it
 * unrolls, such as `for (;;) new Array(1000).fill(1.5)`.
 */
export function keepLoopsReachable(): void {
  if (isSet) return
  isSet = true
  setFlagsFromString(`--no-${UNROLLING}`)
}
