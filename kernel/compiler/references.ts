/**
 * Which declaration files a cell needs beside those of its imports: of Node's modules, and what comments at its head ask
 * for, `/// <reference lib="dom" />`, `types="…"`, `path="…"`. Knows nothing of what is in them.
 */
import { posix } from 'node:path'
import ts from 'typescript'
import { asFile, type BoundFile } from './internals.ts'
import type { Libraries } from './libraries.ts'
import { foreign } from './living-host.ts'
import { libraryFolder } from './places.ts'

/** What tslab's converter puts before a cell; behind it, no comment stands at the head of a file. */
const PREFIX = /^export \{\};\r?\n/

/** Those that are there, and a mistake in the cell for each other one. `watch`: they may change. */
export function filesBeside(
  cell: BoundFile,
  libraries: Libraries,
  folder: string,
  options: ts.CompilerOptions,
  watch: (name: string) => void,
): string[] {
  const files = libraries.leftOutFor(cell)
  for (const { asked, code, message, file } of references(cell.text, folder, options, libraries.host)) {
    if (file === undefined || !libraries.host.fileExists(file)) {
      const [start, length] = [asked.pos, asked.end - asked.pos]
      const category = ts.DiagnosticCategory.Error
      cell.parseDiagnostics.push({ category, code, messageText: message, file: asFile(cell), start, length })
      continue
    }
    foreign.loaded = true
    watch(file)
    files.push(file)
  }
  return files
}

interface Reference {
  /** Where in the cell. */
  asked: ts.FileReference
  file: string | undefined
  /** What is said where it is not there, as TypeScript does of a file of a program. */
  code: number
  message: string
}

function references(text: string, folder: string, options: ts.CompilerOptions, host: ts.CompilerHost): Reference[] {
  if (!text.includes('<reference')) return []
  const [prefix = ''] = PREFIX.exec(text) ?? []
  const head = ts.preProcessFile(text.slice(prefix.length), false)
  const all = (list: ts.FileReference[], to: (name: string, mode: ts.ResolutionMode) => Omit<Reference, 'asked'>) =>
    list.map((asked) => ({
      ...to(asked.fileName, asked.resolutionMode),
      asked: { ...asked, pos: asked.pos + prefix.length, end: asked.end + prefix.length },
    }))
  return [
    ...all(head.libReferenceDirectives, (name) => ({
      file: `${libraryFolder}/lib.${name.toLowerCase()}.d.ts`,
      code: 2726,
      message: `Cannot find lib definition for '${name}'.`,
    })),
    ...all(head.typeReferenceDirectives, (name, mode) => {
      const from = posix.join(folder, 'notebook.ts')
      const found = ts.resolveTypeReferenceDirective(name, from, options, host, undefined, undefined, mode)
      const file = found.resolvedTypeReferenceDirective?.resolvedFileName
      return { file, code: 2688, message: `Cannot find type definition file for '${name}'.` }
    }),
    ...all(head.referencedFiles, (name) => ({
      file: posix.resolve(folder, name),
      code: 6053,
      message: `File '${name}' not found.`,
    })),
  ]
}
