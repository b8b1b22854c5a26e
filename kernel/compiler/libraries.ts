/**
 * The files under the cells: TypeScript's libraries, Node's types, our declarations, packages and local modules, each
 * parsed once. A start-up snapshot carries them into the next process. Knows nothing of cells.
 */
import { startupSnapshot } from 'node:v8'
import ts from 'typescript'
import { type BoundFile, internals } from './internals.ts'
import { parseWithoutDocs } from './lean-docs.ts'
import { cutLoose, forgetCopies, withoutText } from './lean-files.ts'
import { createModuleLookup } from './module-lookup.ts'
import { splitNodeTypes } from './node-types.ts'
import { libraryFolder, ownTypeRoot } from './places.ts'
import { preloadDeclarations, preloadFile } from './preload-types.ts'

/** A program wants one root that is a module of its own. */
export const anchorFile = '/__anchor__.ts'

const nodeIndex = `${ownTypeRoot}/node/index.d.ts`

export interface Libraries {
  host: ts.CompilerHost
  parseOptions: ts.CreateSourceFileOptions
  /** Makes a program of them. `compiled`: how, where that is not as the libraries were read (decorators). */
  program(rootNames: string[], oldProgram: ts.Program | undefined, compiled: ts.CompilerOptions): ts.Program
  /** The eyes and the folder of the converter that uses them now. */
  readThrough(sys: ts.System, folder: string): void
  /** Nothing more is asked until another process begins with a start-up snapshot of this. */
  close(): void
  /** A local file has changed: it is read again when next asked for. */
  forget(path: string): void
  /** Declaration files of the Node modules that a cell names, and that were left out of the first program. */
  leftOutFor(cell: BoundFile): string[]
}

export function createLibraries(options: ts.CompilerOptions): Libraries {
  let sys: ts.System = ts.sys
  let folder = ''
  const parsed = new Map<string, ts.SourceFile>()
  let filesOf = new Map<string, string[]>()
  const own = new Map([
    [anchorFile, 'export {}'],
    [preloadFile, preloadDeclarations()],
  ])
  const setExternalModuleIndicator = internals.getSetExternalModuleIndicator(options)
  const parseOptions: ts.CreateSourceFileOptions = {
    languageVersion: options.target as ts.ScriptTarget,
    setExternalModuleIndicator,
  }

  function textOf(name: string): string | undefined {
    if (name !== nodeIndex) return own.get(name) ?? sys.readFile(name)
    const split = splitNodeTypes(name, (path) => sys.readFile(path))
    filesOf = split.filesOf
    return split.text
  }

  function getSourceFile(name: string): ts.SourceFile | undefined {
    const known = parsed.get(name)
    if (known) return known
    const text = textOf(name)
    if (text === undefined) return undefined
    const lean = startupSnapshot.isBuildingSnapshot()
    const file = lean
      ? parseWithoutDocs(name, text, parseOptions)
      : ts.createSourceFile(name, text, { ...parseOptions, jsDocParsingMode: ts.JSDocParsingMode.ParseAll })
    Object.assign(file, { version: '1' })
    if (lean) cutLoose(file)
    parsed.set(name, file)
    return file
  }

  const lookup = createModuleLookup(
    options,
    () => sys,
    () => folder,
    () => host,
  )
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    ...lookup.host,
    getSourceFile,
    getDefaultLibLocation: () => libraryFolder,
    getDefaultLibFileName: (of) => `${libraryFolder}/${ts.getDefaultLibFileName(of)}`,
    fileExists: (name) => own.has(name) || lookup.fileExists(name),
    readFile: (name) => own.get(name) ?? sys.readFile(name),
    directoryExists: lookup.directoryExists,
    getCurrentDirectory: () => folder,
  }

  return {
    host,
    parseOptions,
    program: (rootNames, oldProgram, compiled) =>
      lookup.during(() => ts.createProgram({ rootNames, options: compiled, host, ...(oldProgram && { oldProgram }) })),
    readThrough(through, at) {
      sys = through
      folder = at
    },
    close() {
      if (!startupSnapshot.isBuildingSnapshot()) return
      for (const [name, file] of parsed) if (!own.has(name) && name !== nodeIndex) withoutText(file)
      forgetCopies()
    },
    forget: (path) => parsed.delete(path),
    leftOutFor({ imports, text }) {
      if (text.includes('getBuiltinModule')) return [...filesOf.values()].flat()
      return imports.flatMap((one) => filesOf.get(one.text.replace(/^node:/, '')) ?? [])
    },
  }
}
