/**
 * The four questions of compiler-api.ts, answered by tslab's converter. Holds the scopes it has given out.
 * Knows nothing of the pipe.
 */
import { type Converter, createConverter } from 'tslab/dist/converter.js'
import type {
  CompleteAnswer,
  CompleteRequest,
  ConvertAnswer,
  ConvertRequest,
  InspectAnswer,
  InspectRequest,
  Scope,
} from '../bridge/compiler-api.ts'
import { completions } from './complete.ts'
import { AWAITS, beginConversion, conversion, practiceEnds } from './conversion.ts'
import { decorators, wantsTypesOfParts } from './decorators.ts'
import { describeAll, failure } from './diagnostics.ts'
import { calleeBefore, inspection } from './inspect.ts'
import { acceptNames, nowCompiling, rejectCell } from './rejected-cells.ts'
import { withoutExports } from './repair.ts'
import { language } from './strictness.ts'
import { isPlain } from './typescript.ts'
import { isStrict } from './undeclared.ts'
import { noticeChanges } from './watched-files.ts'
import { nameCell } from './wording.ts'

export interface Compiler {
  /** `practice`: a cell that nobody has asked for (practice.ts). */
  convert(request: ConvertRequest & { practice?: boolean }): ConvertAnswer
  /** Forgets the scopes of practice. */
  endPractice(): void
  complete(request: CompleteRequest): CompleteAnswer
  inspect(request: InspectRequest): InspectAnswer
  /** Leaves what it has learned of libraries to the next one, for a start-up snapshot. */
  close(): void
}

/** Cells are read in the process's working folder, the notebook's; as JavaScript where the process was told so. */
export function createCompiler(): Compiler {
  const folder = process.cwd()
  const newConverter = () => createConverter({ isJS: language.javascript, isBrowser: false })
  let converter: Converter = newConverter()
  // A scope of another process must not be taken for one of ours.
  const own = `${process.pid}.${Date.now().toString(36)}`
  /** What tslab calls the declarations of the cells before. */
  const scopes = new Map<Scope, string>([['', '']])

  let given = 1
  let practised: Scope[] = []

  function newScope(declarations: string): Scope {
    const scope = `${own}:${given++}`
    scopes.set(scope, declarations)
    return scope
  }

  type Convert = (before: string, code: string) => ReturnType<Converter['convert']>

  function convertWithDecorators(convert: () => ReturnType<Convert>, code: string): ReturnType<Convert> {
    if (wantsTypesOfParts(code)) decorators.legacy = true
    const first = decorators.legacy
    const result = convert()
    if (isPlain || !conversion.misfit) return result
    decorators.legacy = !first
    const other = convert()
    const isOther = other.diagnostics.length === 0
    decorators.legacy = first || isOther
    // The other kind fits, and what is wrong is something else. If neither does, it is told of the first.
    return isOther || !conversion.misfit ? other : convert()
  }

  function convertAsked(before: string, code: string, checked: boolean, practice: boolean): ReturnType<Convert> {
    const strict = !language.javascript || isStrict(code)
    const text = withoutExports(code)
    const convert = (declared: readonly string[]) =>
      convertWithDecorators(() => {
        beginConversion({ checked, practice, strict, declared })
        return converter.convert(before, text)
      }, text)
    const result = convert([])
    const { undeclared } = conversion
    if (strict || undeclared.length === 0) return result
    try {
      return convert(undeclared)
    } finally {
      // Completion and inspection read cells of their own.
      conversion.declared = []
    }
  }

  /** After an exception the plain converter's timer is stuck for good; its scopes are texts and outlive it. */
  function renew(): void {
    if (isPlain) converter = newConverter()
  }

  return {
    convert({ after, code, name, check = true, practice = false }) {
      const cell = { name, code }
      const before = scopes.get(after)
      if (before === undefined) return { ok: false, unknownScope: true, diagnostics: [] }
      nowCompiling(name)
      try {
        noticeChanges()
        const result = convertAsked(before, code, check, practice)
        nameCell(conversion.serial, name)
        if (result.diagnostics.length > 0) {
          const told = describeAll(
            conversion.found.filter((found) => found.messageText !== AWAITS),
            cell,
            folder,
          )
          if (told.length === 0) throw new Error(result.diagnostics[0]?.messageText)
          if (!practice) rejectCell(name, code)
          return { ok: false, diagnostics: told }
        }
        if (!conversion.cell) throw new Error('it was not converted')
        const map = JSON.parse(conversion.cell.map)
        map.sources = [name]
        const scope = newScope(result.declOutput ?? '')
        if (practice) practised.push(scope)
        else acceptNames(conversion.names)
        return {
          ok: true,
          scope,
          awaits: result.hasToplevelAwait ?? false,
          ...(result.lastExpressionVar && { result: result.lastExpressionVar }),
          declares: conversion.names.filter((declared) => declared !== result.lastExpressionVar),
          early: conversion.early,
          javascript: conversion.cell.javascript,
          map: JSON.stringify(map),
          files: [...conversion.files].map(([path, file]) => ({ path, ...file })),
          notes: describeAll(conversion.notes, cell, folder),
        }
      } catch (error) {
        renew()
        return { ok: false, diagnostics: [failure(error, cell)] }
      }
    },
    endPractice() {
      for (const scope of practised) scopes.delete(scope)
      practised = []
      practiceEnds()
    },
    complete({ after, code, offset }) {
      try {
        return completions(converter.complete(scopes.get(after) ?? '', code, offset), code, offset)
      } catch {
        // Completion is a help: where it fails there is nothing to offer, and the next cell must still compile.
        renew()
        return { start: offset, end: offset, matches: [] }
      }
    },
    inspect({ after, code, offset, source = false }) {
      try {
        const before = scopes.get(after) ?? ''
        const look = (at: number) => inspection(converter.inspect(before, code, at), source ? folder : undefined)
        const here = look(offset)
        const callee = here.found ? undefined : calleeBefore(code, offset)
        return callee === undefined ? here : look(callee)
      } catch {
        renew()
        return { found: false }
      }
    },
    close() {
      converter.close()
    },
  }
}
