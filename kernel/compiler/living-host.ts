/** What tslab's converter gives to the living program, and what it asks of it. */
import type ts from 'typescript'

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
