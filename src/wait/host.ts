/**
 * What the program around this library may plug in: which unit of work (a notebook's cell) runs now, and where its
 * notices go. Plain Node works with the defaults. Knows nothing of Jupyter; the kernel assigns into `host`.
 */

/** The surrounding program, as far as this library cares. */
export interface Host {
  /** The cell (or other unit of work) whose code runs now; compared by identity. undefined outside. */
  scope(): unknown
  /** What to call it in a sentence: `cell [3]`. */
  describe(scope: unknown): string | undefined
  /** Shows "Exception in thread …" or a ResourceWarning under the scope that started it. */
  notice(scope: unknown, kind: 'thread-exception' | 'ResourceWarning', text: string): void
}

/** The one in use: assign its members to change them. */
export const host: Host = {
  scope: () => undefined,
  describe: () => undefined,
  notice(_scope, kind, text) {
    if (kind === 'ResourceWarning') process.emitWarning(text, 'ResourceWarning')
    else process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
  },
}
