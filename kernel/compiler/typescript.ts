/**
 * What tslab's converter gets in place of the TypeScript 5.0.4 fork that it pins: TypeScript 6 with the fork's
 * additions, options of today, and the living program under it (SOCKETLAB_COMPILER=plain: TypeScript's own).
 * Knows nothing of the pipe or of Jupyter.
 */
import { posix } from 'node:path'
import ts from 'typescript'
import { constantsTried } from './caught.ts'
import { isCellFile } from './cell-file.ts'
import { AWAITS, conversion, toCommonJs } from './conversion.ts'
import { isMisfit } from './decorators.ts'
import { unnoted } from './disk-reads.ts'
import { internals } from './internals.ts'
import { lint } from './lints.ts'
import type { LivingHost } from './living-host.ts'
import { createLivingProgram } from './living-program.ts'
import { ownTypeRoot } from './places.ts'
import { createPlainHost, createPlainProgram } from './plain-program.ts'
import { socketlabPaths } from './preload-types.ts'
import { standardLibraries } from './standard-libraries.ts'
import { language, ofJavaScript, ofSloppyMode, outsideOfComments, withoutTypes } from './strictness.ts'
import { withSuggestions } from './suggestions.ts'
import { unlessTooDeep } from './too-deep.ts'
import { declaring, namesMade } from './undeclared.ts'
import { watchFile } from './watched-files.ts'

/** Every `node_modules/@types` from the notebook's folder upwards. */
function getDefaultTypeRoots(folder: string, host?: { directoryExists?(path: string): boolean }): string[] {
  const roots: string[] = []
  for (let at = folder; ; at = posix.dirname(at)) {
    const root = posix.join(at, 'node_modules/@types')
    // Only what a cell imports is read there, and noted then.
    if (!host?.directoryExists || unnoted(() => host.directoryExists?.(root))) roots.push(root)
    if (at === posix.dirname(at)) return roots
  }
}

/** The converter learns of a top-level await from the fork's error 1308, so one is reported where it awaits. */
function topLevelAwaits(file: ts.SourceFile): number[] {
  const starts: number[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isModuleDeclaration(node)) return
    if (ts.isFunctionLike(node) || ts.isClassElement(node)) {
      // What stands around it runs in the cell: `@(await load()) [await name()]() {}`.
      if (ts.canHaveDecorators(node)) ts.getDecorators(node)?.forEach(visit)
      if (node.name && ts.isComputedPropertyName(node.name)) visit(node.name)
      return
    }
    if (ts.isAwaitExpression(node)) starts.push(node.getStart(file))
    if (ts.isForOfStatement(node) && node.awaitModifier) starts.push(node.awaitModifier.getStart(file))
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing)
      starts.push(node.getStart(file))
    ts.forEachChild(node, visit)
  }
  visit(file)
  return starts
}

/** `module N {}`, which TypeScript took until version 6: notebooks that were written for tslab have it. */
const MODULE_FOR_NAMESPACE = 1540

/** In a cell `// @ts-nocheck` is not at the file's very top, where TypeScript looks for it. */
const isUnchecked = (file: ts.SourceFile) =>
  !conversion.checked || (isCellFile(file.fileName) && /^export \{\};.*\n\s*\/\/\s*@ts-nocheck\b/.test(file.text))

function getPreEmitDiagnosticsOfFiles(program: ts.Program, files: readonly ts.SourceFile[]): readonly ts.Diagnostic[] {
  const found: ts.Diagnostic[] = []
  for (const file of files) {
    const unchecked = isUnchecked(file)
    const sloppy = language.javascript && !conversion.strict && isCellFile(file.fileName)
    const parsed = program.getSyntacticDiagnostics(file)
    const inCode = language.javascript && isCellFile(file.fileName) ? outsideOfComments(parsed) : parsed
    const syntactic = sloppy ? ofSloppyMode(inCode) : inCode
    found.push(...syntactic)
    // What cannot be parsed is not worth checking, and a local JavaScript file is not ours to judge.
    if (syntactic.length === 0 && (isCellFile(file.fileName) || !/\.[cm]?jsx?$/.test(file.fileName))) {
      // Asked for in any case: the living program settles the cell with it.
      const all = program.getSemanticDiagnostics(file).filter(({ code }) => code !== MODULE_FOR_NAMESPACE)
      const semantic = withSuggestions(all, program.getTypeChecker())
      conversion.misfit ||= isMisfit(semantic)
      if (language.javascript && isCellFile(file.fileName)) {
        conversion.undeclared = namesMade(semantic)
        conversion.constants = constantsTried(semantic, program)
      }
      if (unchecked) found.push(...withoutTypes(semantic))
      else if (language.javascript && isCellFile(file.fileName))
        found.push(...ofJavaScript(file, semantic, program, !sloppy))
      else {
        found.push(...semantic)
        if (program.getCompilerOptions().declaration) found.push(...program.getDeclarationDiagnostics(file))
      }
    }
    if (file.isDeclarationFile) continue
    if (found.length === 0 && !unchecked && isCellFile(file.fileName))
      found.push(...unlessTooDeep(() => lint(file, program.getTypeChecker())))
    const awaits = topLevelAwaits(file)
    if (!isCellFile(file.fileName)) {
      if (awaits.length > 0) conversion.awaiting.add(file.fileName)
      continue
    }
    // The converter takes it for its sign, and drops it.
    for (const start of awaits)
      found.push({ file, start, length: 5, code: 1308, category: ts.DiagnosticCategory.Error, messageText: AWAITS })
  }
  conversion.found = ts.sortAndDeduplicateDiagnostics(found)
  return conversion.found
}

/** The converter looks whether the `await` of such a sign stands in a class: there it may be in the class's head. */
function findPrecedingToken(position: number, file: ts.SourceFile): object | undefined {
  const isSign = conversion.found.some(
    (each) => each.messageText === AWAITS && each.file === file && each.start! + each.length! === position,
  )
  return isSign ? { kind: ts.SyntaxKind.AwaitKeyword, parent: file } : internals.findPrecedingToken(position, file)
}

const Completions = {
  ...internals.Completions,
  getCompletionsAtPositionForTslab: (
    host: object,
    program: ts.Program,
    log: (text: string) => void,
    file: ts.SourceFile,
    position: number,
    preferences: ts.UserPreferences,
    ...[trigger, kind, token]: unknown[]
  ) => {
    const { sys } = ts
    const files = {
      getCompilationSettings: () => program.getCompilerOptions(),
      getCurrentDirectory: () => program.getCurrentDirectory(),
      fileExists: sys.fileExists,
      readFile: sys.readFile,
      directoryExists: sys.directoryExists,
      getDirectories: sys.getDirectories,
      readDirectory: sys.readDirectory,
      useCaseSensitiveFileNames: () => true,
    }
    const found = internals.Completions.getCompletionsAtPosition(
      { ...files, ...host },
      program,
      log,
      file,
      position,
      preferences,
      trigger,
      kind,
      token,
      undefined,
      true,
    )
    return found && Object.assign(found, { checker: program.getTypeChecker() })
  },
}

function getQuickInfoAtPosition(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  _token: unknown,
  position: number,
): (ts.QuickInfo & { symbol: ts.Symbol; checker: ts.TypeChecker }) | undefined {
  const node = internals.getTouchingPropertyName(file, position)
  if (node === file) return undefined
  const named = ts.isNewExpression(node.parent) && node.pos === node.parent.pos ? node.parent.expression : node
  const symbol = checker.getSymbolAtLocation(named)
  if (!symbol || (checker as unknown as { isUnknownSymbol(of: ts.Symbol): boolean }).isUnknownSymbol(symbol))
    return undefined
  const { SymbolDisplay } = internals
  const { symbolKind, ...parts } = SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    file,
    internals.getContainerNode(named),
    named,
  )
  const start = named.getStart(file)
  return {
    kind: symbolKind,
    kindModifiers: SymbolDisplay.getSymbolModifiers(checker, symbol),
    textSpan: { start, length: named.end - start },
    ...parts,
    symbol,
    checker,
  }
}

/** tslab's options, without those that TypeScript 6 refuses, strict, and with today's modules. */
function currentOptions(given: ts.CompilerOptions): ts.CompilerOptions {
  const { noImplicitUseStrict, disableTopLevelAwait, moduleResolution, ...options } = given
  return {
    ...options,
    // Node 24 runs all of it but `accessor`, which is lowered afterwards.
    target: ts.ScriptTarget.ESNext,
    lib: standardLibraries(),
    // Imports stay as they are written, `import x = require("y")` too; types are found as a bundler finds them.
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: false,
    strict: true,
    types: ['node'],
    typeRoots: [ownTypeRoot, ...(options.typeRoots ?? [])],
    paths: socketlabPaths,
    sourceMap: true,
    // What a bundle's or a package's declarations leave out is none of a cell's business.
    skipLibCheck: true,
    noErrorTruncation: false,
  }
}

type PlainHost = ReturnType<typeof createPlainHost>

/** Checked at start: the plain program is the fallback and the oracle of the differential test. */
export const isPlain = process.env.SOCKETLAB_COMPILER === 'plain'

/** Not TypeScript's, which remembers its first answer: a start-up snapshot is made in another folder. */
const getCurrentDirectory = () => process.cwd().replaceAll('\\', '/')
ts.sys.getCurrentDirectory = getCurrentDirectory

/** Everything of TypeScript, as the converter asks for it. */
export const standIn = {
  ...ts,
  getDefaultTypeRoots,
  getPreEmitDiagnosticsOfFiles,
  getNullTransformationContext: () => internals.nullTransformationContext,
  Completions,
  getQuickInfoAtPosition,
  findPrecedingToken,
  sys: Object.assign(Object.create(ts.sys), { watchFile, getCurrentDirectory }) as ts.System,
  createWatchCompilerHost: (roots: string[], given: ts.CompilerOptions, sys: ts.System, ...rest: unknown[]) => {
    const options = currentOptions(given)
    const { readFile } = sys
    sys.readFile = (path, encoding) => {
      const text = readFile(path, encoding)
      return text !== undefined && isCellFile(path) ? declaring(text, conversion.declared) : text
    }
    return isPlain ? createPlainHost(roots, options, sys, ...rest) : { roots, options, sys }
  },
  createWatchProgram: (host: PlainHost | LivingHost) =>
    isPlain ? createPlainProgram(host as PlainHost) : createLivingProgram(host as LivingHost),
  transpileModule: toCommonJs,
}
