/** What tslab's converter gives to the living program, what it asks of it, and what becomes of it. */
import type ts from 'typescript'

/** `loaded`: the program has more than cells can do without leaving a trace (packages, global declarations). */
export const foreign = { loaded: false }

/** What the converter asks of a builder. */
export interface Builder {
  getSourceFile(name: string): ts.SourceFile | undefined
  getProgram(): ts.Program
  getAllDependencies(file: ts.SourceFile): string[]
  emit: ts.Program['emit']
}

export interface LivingHost {
  roots: string[]
  options: ts.CompilerOptions
  sys: ts.System
  afterProgramCreate?(builder: Builder): void
}
