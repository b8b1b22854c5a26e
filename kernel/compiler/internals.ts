/**
 * The functions and fields of TypeScript that its declarations do not show and that the compiler process needs.
 * typescript is pinned to one exact version, the last one written in JavaScript, so this list cannot drift.
 */
import ts from 'typescript'

/** Symbols by name, as the binder leaves them on files, functions and blocks. */
export type SymbolTable = Map<ts.__String, ts.Symbol>

/** A source file as the binder and the checker see it. */
export interface BoundFile extends Omit<ts.SourceFile, 'parent'> {
  path: string
  resolvedPath: string
  originalFileName: string
  imports: readonly ts.StringLiteralLike[]
  moduleAugmentations: ts.Node[]
  ambientModuleNames: string[]
  locals?: SymbolTable
  identifiers: Map<string, string>
  parseDiagnostics: ts.DiagnosticWithLocation[]
  version?: string
  parent?: BoundFile
}

/** One and the same object under its two types. */
export const asFile = (file: BoundFile): ts.SourceFile => file as unknown as ts.SourceFile
export const asBound = (file: ts.SourceFile): BoundFile => file as unknown as BoundFile

/** A program with what the watch builder and the living program use of it. */
export interface InternalProgram extends ts.Program {
  getResolvedModule(
    from: unknown,
    name: string,
    mode?: ts.ResolutionMode,
  ): ts.ResolvedModuleWithFailedLookupLocations | undefined
  getCommonSourceDirectory(): string
}

interface ResolvingChecker extends ts.TypeChecker {
  resolveName(
    name: string,
    location: ts.Node | undefined,
    meaning: ts.SymbolFlags,
    excludeGlobals: boolean,
  ): ts.Symbol | undefined
}

/** The same checker, under the type that it has. */
export const withResolveName = (checker: ts.TypeChecker): ResolvingChecker => checker as ResolvingChecker

interface QuickInfoParts {
  symbolKind: ts.ScriptElementKind
  displayParts: ts.SymbolDisplayPart[]
  documentation: ts.SymbolDisplayPart[]
  tags?: ts.JSDocTagInfo[]
}

interface Internals {
  bindSourceFile(file: unknown, options: ts.CompilerOptions): void
  getSetExternalModuleIndicator(options: ts.CompilerOptions): (file: ts.SourceFile) => void
  isAssignmentTarget(node: ts.Node): boolean
  getTokenAtPosition(file: unknown, position: number): ts.Node
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node
  getContainerNode(node: ts.Node): ts.Node | undefined
  findPrecedingToken(position: number, file: unknown): ts.Node | undefined
  nullTransformationContext: ts.TransformationContext
  NodeFlags: { Deprecated: ts.NodeFlags }
  setParentRecursive(node: ts.Node, incremental: boolean): void
  objectAllocator: Record<'getSymbolConstructor' | 'getSignatureConstructor', () => { prototype: object }>
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      enclosing: ts.Node | undefined,
      location: ts.Node,
    ): QuickInfoParts
    getSymbolModifiers(checker: ts.TypeChecker, symbol: ts.Symbol): string
  }
  Completions: {
    getCompletionsAtPosition(
      host: object,
      program: ts.Program,
      log: (text: string) => void,
      file: ts.SourceFile,
      position: number,
      preferences: ts.UserPreferences,
      trigger: unknown,
      kind: unknown,
      token: unknown,
      format: undefined,
      includeSymbol: true,
    ): ts.CompletionInfo | undefined
  }
}

export const internals = ts as unknown as Internals
