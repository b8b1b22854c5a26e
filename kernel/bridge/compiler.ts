/**
 * The compiler as the io thread asks it, wherever it is. Knows nothing of processes.
 */
import type { CompilerAnswers, ConvertAnswer } from './compiler-api.ts'

/** The compiler was stopped (■) or died while it worked on this request. */
export class CompilerStopped extends Error {
  override readonly name = 'CompilerStopped'
}

export interface Compiler {
  /** Are types checked? Of the cells that come from now on. */
  check: boolean
  /** Compiles a cell after all accepted ones: those without errors, but for `keep: false` (an expression asked aside). */
  convert(code: string, name: string, keep?: boolean): Promise<ConvertAnswer>
  ask<Kind extends 'complete' | 'inspect'>(
    kind: Kind,
    code: string,
    offset: number,
    source?: boolean,
  ): Promise<CompilerAnswers[Kind]>
  isComplete(code: string): Promise<CompilerAnswers['isComplete']>
  /** Stops whatever it is doing: what was asked rejects with {@link CompilerStopped}. The next question starts it anew. */
  restart(): void
  /** No cell runs now: there is time for what was put off. */
  rest?(): void
  close(): void
}

/** One that does things of its own accord, too. */
export interface CompilerProcess extends Compiler {
  /** Cells run without it: all that is to wait. Resolves when it has heard of it, and has started. */
  keepStill(): Promise<unknown>
}
