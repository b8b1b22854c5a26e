/**
 * Stands in for ts.createWatchProgram under tslab's converter.
 *
 * One program holds libraries and modules, and one checker lives on from cell to cell. A cell is a source file of its
 * own, parsed and bound when it comes, checked by the living checker, and kept: the next cell's parent scope is a table
 * of the newest symbol of every name. So no declarations are emitted, no earlier cell is parsed again, and the price of
 * a cell does not grow with the session. What tslab takes for declaration text (`prevDecl`, `declOutput`) is a key to
 * such a scope. A new program is made only when a cell needs a file that is not loaded yet, or augments types.
 */
import { isBuiltin } from 'node:module'
import ts from 'typescript'
import { npmPackage } from '../bridge/npm-specifier.ts'
import { ambientNames } from './ambient-names.ts'
import { asCell, collectModules, withJsx } from './cell-modules.ts'
import { conversion, forgetAtEnd, recordingEmit } from './conversion.ts'
import { decorators } from './decorators.ts'
import { inferInOrder, patiently } from './infer-in-order.ts'
import { asBound, asFile, type BoundFile, type InternalProgram } from './internals.ts'
import { anchorFile, createLibraries, type Libraries } from './libraries.ts'
import { type Builder, foreign, type LivingHost } from './living-host.ts'
import { earlierNames } from './living-names.ts'
import { Scopes } from './living-scopes.ts'
import { fromConverter, localModulesOf } from './local-modules.ts'
import { ownTypeRoot } from './places.ts'
import { preloadFile } from './preload-types.ts'
import { Redeclared } from './redeclared.ts'
import { filesBeside } from './references.ts'
import { remarks } from './remarks.ts'
import { withRealNames } from './repair.ts'
import { RunAgain } from './run-again.ts'
import { unlessTooDeep } from './too-deep.ts'

/** A checker's caches grow with each text it has seen, completions included. */
const RENEW_CHECKER_AFTER = 2000

/** A program that has been closed, for the next one: a start-up snapshot carries it into the next process. */
let warm: { program: InternalProgram; libraries: Libraries } | undefined

/** How a program itself answers which module is meant. */
const plainly = new WeakMap<InternalProgram, InternalProgram['getResolvedModule']>()

/** Counts on over closed programs: the checker knows diagnostics by the names of files. */
let serial = 0

export function createLivingProgram(host: LivingHost): { close(): void; updateRootFileNames(names: string[]): void } {
  const { sys } = host
  // The same in every folder, so that a program from a start-up snapshot fits.
  const options: ts.CompilerOptions = {
    ...host.options,
    declaration: false,
    experimentalDecorators: decorators.legacy,
    emitDecoratorMetadata: decorators.legacy,
    rootDir: undefined,
    typeRoots: [ownTypeRoot],
  }
  const [declName, srcName] = host.roots as [string, string]
  const folder = sys.getCurrentDirectory()
  /** The root's own name ends in the slash already. */
  const inFolder = (name: string) => (folder.endsWith('/') ? folder : `${folder}/`) + name
  const inherited = warm
  warm = undefined // one owner at a time
  const libraries = inherited?.libraries ?? createLibraries(options)
  libraries.readThrough(sys, folder)
  const roots = new Set([anchorFile, preloadFile])
  const augmenting: BoundFile[] = []
  const cells = new WeakSet<BoundFile>()
  const passed: BoundFile[] = []
  const redeclared = new Redeclared()
  const resolvedOf = new WeakMap<object, Map<string, ts.ResolvedModuleWithFailedLookupLocations>>()
  let program: InternalProgram
  let checker: ts.TypeChecker
  let resolutions: ts.ModuleResolutionCache
  let stale = false
  let unproven: BoundFile | undefined

  const freshResolutions = () => ts.createModuleResolutionCache(folder, (name) => name, options)

  const resolve = (name: string, mode: ts.ResolutionMode) =>
    ts.resolveModuleName(name, srcName, options, libraries.host, resolutions, undefined, mode)

  function build(): void {
    adopt(libraries.program([...roots], program, { ...options }) as InternalProgram)
  }

  function adopt(made: InternalProgram): void {
    program = made
    program.getCurrentDirectory = () => folder
    program.getCommonSourceDirectory = () => inFolder('')
    resolutions = freshResolutions()
    // Asked past the notebook before, where there was one.
    const inProgram = plainly.get(program) ?? program.getResolvedModule
    plainly.set(program, inProgram)
    program.getResolvedModule = (from, name, mode) => {
      const ofCell = resolvedOf.get(from as object)
      return ofCell ? ofCell.get(`${mode}:${name}`) : inProgram(from, name, mode)
    }
    if (augmenting.length > 0) {
      const files = [...program.getSourceFiles(), ...augmenting.map(asFile)]
      program.getSourceFiles = () => files
    }
    checker = program.getTypeChecker()
  }

  const parseAs = (name: string, text: string) => asBound(ts.createSourceFile(name, text, libraries.parseOptions))
  const scopes = new Scopes(
    declName,
    (text) => Object.assign(parseAs(declName, text), { imports: [], moduleAugmentations: [] }),
    (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol).flags : symbol.flags),
  )

  const runAgain = new RunAgain(redeclared.generations, scopes, passed)

  function parse(text: string): BoundFile {
    // A name of its own while it is checked: the checker files diagnostics by name.
    const name = inFolder(`__tslab__${++serial}${srcName.slice(-3)}`)
    conversion.serial = serial
    const plain = parseAs(name, text)
    const cell = asCell(
      plain.parseDiagnostics.length > 0 ? (withJsx(name, text, libraries.parseOptions) ?? plain) : plain,
      options,
    )
    cells.add(cell)
    return cell
  }

  /** Loads what the cell imports: a new program where that is not there yet. */
  function load(cell: BoundFile): void {
    if (resolvedOf.has(cell)) return
    const augments = collectModules(cell)
    const resolved = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>()
    resolvedOf.set(cell, resolved)
    let missing = augments
    if (augments) {
      augmenting.push(cell)
      foreign.loaded = true
      unproven = cell
    }
    for (const name of filesBeside(cell, libraries, folder, options, localModules.watch)) missing = add(name) || missing
    for (const specifier of [...cell.imports, ...cell.moduleAugmentations.filter(ts.isStringLiteral)]) {
      const mode = program.getModeForUsageLocation(asFile(cell), specifier)
      const name = npmPackage(specifier.text)
      // Node's own are declared by name, and no file is looked for.
      const answer = isBuiltin(name) ? { resolvedModule: undefined } : resolve(name, mode)
      resolved.set(`${mode}:${specifier.text}`, answer)
      const target = answer.resolvedModule
      // It may be installed before the next try.
      if (!target) resolutions = freshResolutions()
      else if (
        !program.getSourceFile(target.resolvedFileName) &&
        !(target.isExternalLibraryImport && /\.[cm]?jsx?$/.test(target.extension))
      ) {
        foreign.loaded = true
        missing = add(target.resolvedFileName) || missing
      }
    }
    if (missing) build()
  }

  function add(name: string): boolean {
    if (roots.has(name)) return false
    roots.add(name)
    return true
  }

  function check(of: ts.SourceFile): readonly ts.Diagnostic[] {
    const beginAgain = () => {
      build()
      inferInOrder(passed, checker)
    }
    const checked = () => patiently(() => program.getSemanticDiagnostics(of), beginAgain)
    const found = checked()
    if (!cells.has(asBound(of)) || !runAgain.rebind(found, asBound(of), serial, checker)) return found
    build()
    return checked()
  }

  const localModules = localModulesOf(
    () => program,
    (name, changed) => sys.watchFile?.(name, changed),
    (name) => {
      libraries.forget(name)
      stale = true
    },
  )

  function builderOf(cell: BoundFile, prior: BoundFile): Builder {
    const names = earlierNames(cell, prior, {
      checker: () => checker,
      isSilent: () => scopes.silent,
      isCell: (file) => cells.has(asBound(file)),
    })
    let view: ts.Program | undefined
    return {
      getSourceFile: (name) =>
        name === srcName
          ? asFile(cell)
          : name === declName
            ? asFile(prior)
            : program.getSourceFile(fromConverter(name)),
      getProgram() {
        load(cell)
        if (view) return view
        view = Object.create(program) as ts.Program
        const cellChecker = names.checker()
        view.getTypeChecker = () => cellChecker
        view.getSyntacticDiagnostics = (of) => {
          const found = program.getSyntacticDiagnostics(of)
          // What cannot be parsed is not checked.
          if (of === asFile(cell) && found.length > 0) of.fileName = srcName
          return found
        }
        view.getSemanticDiagnostics = (of) => {
          const found = check(of as ts.SourceFile).filter(
            (each) => each.file === of && !(of === asFile(cell) && names.isSettled(each)),
          )
          if (of !== asFile(cell)) return found
          of.fileName = srcName
          redeclared.generations.advise(found, cell, serial, checker)
          return found
        }
        return view
      },
      getAllDependencies(of) {
        load(asBound(of))
        return localModules.of(asBound(of), of.fileName === cell.fileName ? srcName : of.fileName)
      },
      emit(of, write, token, only, transformers) {
        if (of !== asFile(cell)) return recordingEmit(program.emit, of?.fileName)(of, write, token, only, transformers)
        of.fileName = srcName
        conversion.ambient = ambientNames(cell, prior)
        scopes.silent = true
        let declarations = ''
        const put: ts.WriteFileCallback = (name, ...rest) => {
          write?.(name, ...rest)
          declarations = name.replace(/\.js$/, '.d.ts')
        }
        const after = [names.expandShorthand, ...(transformers?.after ?? [])]
        const result = recordingEmit(program.emit, undefined)(of, put, token, only, { ...transformers, after })
        unproven = undefined
        runAgain.keep()
        const { key, scope } = scopes.put(serial, prior, cell)
        conversion.notes = unlessTooDeep(() => {
          const notes = [...redeclared.notes(cell, scope, checker), ...remarks(asFile(cell), checker)]
          if (!conversion.practice) redeclared.remember(cell, prior, checker, serial)
          return notes
        })
        if (conversion.practice) forgetAtEnd(scopes.forgetter(serial))
        else passed.push(cell)
        scopes.silent = true
        write?.(declarations, key, false)
        return result
      },
    }
  }

  function rebuild(): void {
    scopes.silent = false
    if (unproven) {
      // A cell that failed must not leave its `declare global` behind.
      augmenting.splice(augmenting.indexOf(unproven), 1)
      unproven = undefined
      stale = true
    }
    stale = runAgain.takeBack() || stale
    if (options.experimentalDecorators !== decorators.legacy) {
      options.experimentalDecorators = options.emitDecoratorMetadata = decorators.legacy
      stale = true
    }
    if (stale || (serial + 1) % RENEW_CHECKER_AFTER === 0) build()
    stale = false
    const prior = scopes.of(sys.readFile(declName))
    host.afterProgramCreate?.(builderOf(parse(withRealNames(sys.readFile(srcName) ?? '')), prior))
  }

  // tslab says "changed" and fires the timer itself.
  let timer: unknown
  const changed = () => {
    if (timer) sys.clearTimeout?.(timer)
    timer = sys.setTimeout?.(() => {
      rebuild()
      // Not before: a timer that has thrown must still be cleared.
      timer = undefined
    }, 0)
  }
  sys.watchFile?.(srcName, changed)
  sys.watchFile?.(declName, changed)
  if (inherited) adopt(inherited.program)
  else build()
  rebuild()
  return {
    close() {
      libraries.close()
      warm = { program, libraries }
    },
    updateRootFileNames() {
      throw new Error('cells of several files are not supported')
    },
  }
}
