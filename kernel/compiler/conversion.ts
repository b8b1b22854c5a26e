/**
 * What passes between the caller of tslab's converter and the TypeScript under it without the converter's knowledge:
 * source maps and whole diagnostics. One conversion at a time: the converter is synchronous.
 */
import ts from 'typescript'
import type { InternalProgram } from './internals.ts'
import { guardLastStatement } from './last-statement.ts'
import { composed, lowerAccessors, withoutMapComment } from './lower-accessors.ts'
import { replaceImportMeta, withNodesDefault } from './notebook-imports.ts'
import { notebookModule } from './notebook-module.ts'
import { keepTopLevelUsing } from './top-level-using.ts'

export interface ConvertedFile {
  javascript: string
  map: string
  awaits: boolean
}

/** Filled by one call of the converter's `convert`. */
interface Conversion {
  /** False where the notebook wants no types checked. */
  checked: boolean
  /** A cell that nobody has asked for: nothing of it is to stay. */
  practice: boolean
  /** It runs in JavaScript's strict mode, as all TypeScript does. */
  strict: boolean
  /** Names that are declared for the cell, which only assigns to them. */
  declared: readonly string[]
  /** Names that it assigns to and that nobody has declared (JavaScript only). */
  undeclared: readonly string[]
  /** Constants that it assigns to in order to see it fail (JavaScript only). */
  constants: ReadonlySet<string>
  /** Every diagnostic of the cell and of the local files that it imports, awaits at top level included. */
  found: readonly ts.Diagnostic[]
  /** Its decorators are of the other kind. */
  misfit: boolean
  /** What to tell of a cell that has passed. */
  notes: readonly ts.Diagnostic[]
  /** The number in the name that the living program gives to the cell's file. */
  serial: number
  /** Names that the cell declares. */
  names: string[]
  /** Those that it may ask for before they have a value. */
  early: string[]
  /** Names that the cell says to be declared elsewhere: they are no bindings of the notebook. */
  ambient: ReadonlySet<string>
  cell: Omit<ConvertedFile, 'awaits'> | undefined
  /** Local files that wait at their top level. */
  awaiting: Set<string>
  files: Map<string, ConvertedFile>
}

/** The message of the diagnostic by which tslab's converter learns that a cell awaits at top level. */
export const AWAITS = 'await'

const begun = (): Conversion => ({
  checked: true,
  practice: false,
  strict: true,
  declared: [],
  undeclared: [],
  constants: new Set(),
  found: [],
  misfit: false,
  notes: [],
  serial: 0,
  names: [],
  early: [],
  ambient: new Set(),
  cell: undefined,
  awaiting: new Set(),
  files: new Map(),
})

export let conversion: Conversion = begun()

export function beginConversion(
  given: Partial<Pick<Conversion, 'checked' | 'practice' | 'strict' | 'declared'>> = {},
): void {
  conversion = { ...begun(), ...given }
}

let atEndOfPractice: (() => void)[] = []

/** What practice has left behind, to be done when it is over. */
export const forgetAtEnd = (forget: () => void): void => void atEndOfPractice.push(forget)

export function practiceEnds(): void {
  for (const forget of atEndOfPractice) forget()
  atEndOfPractice = []
}

let emitting: string | undefined
/** From the ES module of a local file, emitted last, to its TypeScript. */
let moduleMap = ''
/** The same of the cell, which is made CommonJS after all its local files. */
let cellMap = ''

type Emit = InternalProgram['emit']

/** `emit`, with its source map kept here; `path` is that of a local file, absent for the cell. */
export function recordingEmit(emit: Emit, path: string | undefined): Emit {
  return (file, write, token, only, transformers) => {
    const put: ts.WriteFileCallback = (name, text, ...rest) => {
      if (name.endsWith('.map')) {
        if (path === undefined) cellMap = text
        else moduleMap = text
      }
      // tslab wants all files below the notebook's folder; where they lie is in `path`.
      else write?.(path === undefined ? name : 'outDir/local-module.js', withoutMapComment(text), ...rest)
    }
    emitting = path
    try {
      const before = [keepTopLevelUsing, ...(transformers?.before ?? [])]
      const after = [guardLastStatement, ...(transformers?.after ?? [])]
      return emit(file, put, token, only, { ...transformers, before, after })
    } finally {
      emitting = undefined
    }
  }
}

/**
 * Takes the place of ts.transpileModule, with which the converter makes CommonJS of an ES module:
 * a local file's while that file is being emitted, the cell's at the end.
 */
export function toCommonJs(text: string, { compilerOptions }: ts.TranspileOptions): ts.TranspileOutput {
  const lowered = lowerAccessors(text, emitting === undefined ? cellMap : moduleMap)
  if (emitting === undefined) {
    const { javascript, map, names, early } = notebookModule(lowered.text, lowered.map, conversion)
    conversion.cell = { javascript, map }
    conversion.names = names
    conversion.early = early
    return { outputText: javascript, diagnostics: [] }
  }
  const { target } = compilerOptions ?? {}
  const options = {
    module: ts.ModuleKind.CommonJS,
    esModuleInterop: true,
    sourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    target,
  }
  const { outputText, sourceMapText } = ts.transpileModule(lowered.text, {
    fileName: 'module.js',
    compilerOptions: options,
  })
  const module = replaceImportMeta(
    withoutMapComment(withNodesDefault(outputText)),
    composed(sourceMapText as string, lowered.map),
  )
  const { text: javascript } = module
  const map = JSON.parse(module.map)
  map.sources = [emitting]
  const awaits = conversion.awaiting.has(emitting)
  conversion.files.set(emitting, { javascript, map: JSON.stringify(map), awaits })
  return { outputText: javascript, diagnostics: [] }
}
