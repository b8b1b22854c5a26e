/**
 * The one flag of V8 that kernels need, set while they run: as a word of the command line it takes from V8 the code that
 * Node has in store for its own modules, and doubles the start of a thread. Knows nothing of what runs.
 */
/** Not imported: no thread needs it for its start. */
const setFlag = (flag: string): void => process.getBuiltinModule('node:v8').setFlagsFromString(flag)

let isSet = false

/**
 * Lets ■ reach every loop that is compiled from now on: V8 13.6 leaves out the check for interrupts in a loop that it
 * unrolls, such as `for (;;) new Array(1000).fill(1.5)`.
 */
export function keepLoopsReachable(): void {
  if (isSet) return
  isSet = true
  setFlag('--no-turboshaft-loop-unrolling')
}

/** Does something under the flags that the process was started with: V8 keeps code apart by flags. */
export function withFirstFlags(work: () => void): void {
  setFlag('--turboshaft-loop-unrolling')
  try {
    work()
  } finally {
    setFlag('--no-turboshaft-loop-unrolling')
  }
}
