/**
 * What the io thread asks the compiler process, and what comes back: plain JSON both ways.
 * Knows nothing of how cells are compiled or of Jupyter's messages. Offsets are UTF-16 code units of the cell's text.
 */
import type { DiskRead } from './disk-stamps.ts'

/** A name for "all cells compiled so far": given out with each cell, handed back with the next. `''` is before the first. */
export type Scope = string

export interface ConvertRequest {
  kind: 'convert'
  after: Scope
  code: string
  /** How the cell is called in messages and stack traces, for instance `cell [3]`. */
  name: string
  /** False: types are not checked, only the syntax. */
  check?: boolean
}

export interface Position {
  /** 1-based. */
  line: number
  /** 1-based, in UTF-16 code units. */
  column: number
}

export interface Diagnostic {
  /** TypeScript's number (2322), or 0 for one of ours. */
  code: number
  category: 'error' | 'warning'
  /** One message in words for a beginner; several lines where TypeScript explains further. */
  message: string
  /** `cell [3]`, or the path of a local file. */
  file: string
  start: Position
  end: Position
  /** The source lines with a caret under the place, ready to print. */
  frame: string
}

/** JavaScript of a cell or of a local file, for a CommonJS wrapper. */
export interface Compiled {
  javascript: string
  /** Source map (version 3, JSON) from the JavaScript to the learner's text. */
  map: string
}

/** A local file, as CommonJS. */
export interface CompiledFile extends Compiled {
  path: string
  /** True where it awaits at its top level: it is to be loaded before whoever requires it runs. */
  awaits: boolean
}

export type ConvertAnswer = {
  /** What the compiler has looked at on the disk for this answer; absent where it may change between any two cells. */
  reads?: DiskRead[] | undefined
} & (
  | ({
      ok: true
      scope: Scope
      /** True where the JavaScript awaits at top level and needs an async wrapper. */
      awaits: boolean
      /** The property of `exports` that holds the last expression's value; absent where the cell ends in a statement. */
      result?: string
      /** The names that this cell declares at top level: what a `using` of such a name keeps ends before it runs. */
      declares: string[]
      /** Those that its code may ask for before their declaration has run: that throws, as in JavaScript. */
      early: string[]
      /** Local files that this cell imports and that are new or changed. */
      files: CompiledFile[]
      /** Warnings that do not stop the cell. */
      notes: Diagnostic[]
    } & Compiled)
  | {
      ok: false
      /** True where `after` was given out by another process: send the earlier cells again. */
      unknownScope?: true
      diagnostics: Diagnostic[]
    }
)

export interface CompleteRequest {
  kind: 'complete'
  after: Scope
  code: string
  offset: number
}

export interface CompleteAnswer {
  /** The text from `start` to `end` is what a match replaces. */
  start: number
  end: number
  /** Best first. `type` is Jupyter's word: function, class, instance, module, keyword, property, … */
  matches: { text: string; type: string; signature?: string }[]
}

export interface InspectRequest {
  kind: 'inspect'
  after: Scope
  code: string
  offset: number
  /** True: the source too, of what cells and local files declare. */
  source?: boolean
}

export interface InspectAnswer {
  found: boolean
  /** For instance `const port: number`. */
  signature?: string
  /** Markdown: documentation and tags. */
  documentation?: string
  /** Where it is declared (`cell [3]`, `lib/peer.ts`), and how. */
  source?: { place: string; text: string }
}

export interface IsCompleteRequest {
  kind: 'isComplete'
  code: string
}

export type IsCompleteAnswer = { status: 'complete' | 'invalid' } | { status: 'incomplete'; indent: string }

/** Another notebook begins: nothing of the cells so far is to be known. */
export interface ForgetRequest {
  kind: 'forget'
}

export interface ForgetAnswer {
  /** False: something would be left (a package that was read, `declare global`); another process is to be started. */
  forgotten: boolean
}

/** Cells run that it is not asked about: what it does of its own accord (practice) is to wait. */
export interface KeepStillRequest {
  kind: 'keepStill'
}

export type CompilerRequest =
  | KeepStillRequest
  | ConvertRequest
  | CompleteRequest
  | InspectRequest
  | IsCompleteRequest
  | ForgetRequest

export interface CompilerAnswers {
  keepStill: Record<never, never>
  convert: ConvertAnswer
  complete: CompleteAnswer
  inspect: InspectAnswer
  isComplete: IsCompleteAnswer
  forget: ForgetAnswer
}

export type Answer = CompilerAnswers[keyof CompilerAnswers]

/** What goes over the pipe. `id` cannot be guessed: cells may write to the descriptor too, and what they ask is not ours. */
export interface Asked {
  id: string
  request: CompilerRequest
}

export interface Answered {
  id: string
  answer: Answer
}
