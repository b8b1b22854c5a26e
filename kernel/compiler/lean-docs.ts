/**
 * Library files without their documentation comments, for the start-up snapshot: a tenth of it, which only inspection
 * reads. A file's comments are parsed when the documentation of a name in it is first asked for.
 * Knows nothing of programs.
 */
import ts from 'typescript'
import { internals } from './internals.ts'

/** How the file was parsed, for each that has no comments yet. */
const lacking = new Map<ts.SourceFile, ts.CreateSourceFileOptions>()

export function parseWithoutDocs(name: string, text: string, options: ts.CreateSourceFileOptions): ts.SourceFile {
  const file = ts.createSourceFile(name, text, { ...options, jsDocParsingMode: ts.JSDocParsingMode.ParseNone })
  lacking.set(file, options)
  return file
}

function bringDocs(declaration: ts.Node): void {
  const file = declaration.getSourceFile()
  const options = file && lacking.get(file)
  if (!options) return
  lacking.delete(file)
  const mode = { jsDocParsingMode: ts.JSDocParsingMode.ParseAll }
  graft(file, ts.createSourceFile(file.fileName, file.text, { ...options, ...mode }))
}

type WithDocs = ts.Node & { jsDoc?: ts.JSDoc[]; flags: ts.NodeFlags; parent: ts.Node }

/** Two parsings of one text: the same nodes, one after the other. */
function graft(onto: WithDocs, from: WithDocs): void {
  // The file on the disk is no longer the one that was read.
  if (onto.kind !== from.kind) return
  for (const doc of from.jsDoc ?? []) {
    internals.setParentRecursive(doc, false)
    ;(doc as WithDocs).parent = onto
  }
  if (from.jsDoc) onto.jsDoc = from.jsDoc
  onto.flags |= from.flags & internals.NodeFlags.Deprecated
  const children: ts.Node[] = []
  ts.forEachChild(from, (child) => void children.push(child))
  let at = 0
  ts.forEachChild(onto, (child) => {
    const other = children[at++]
    if (other) graft(child as WithDocs, other as WithDocs)
  })
}

type Documented = { declarations?: ts.Node[]; declaration?: ts.Node }
type Asked = Record<string, ((this: Documented, ...args: unknown[]) => unknown) | undefined>

/** Every way to documentation goes through these, inherited ones through those of the symbol above. */
const WAYS = [
  'getDocumentationComment',
  'getContextualDocumentationComment',
  'getJsDocTags',
  'getContextualJsDocTags',
] as const

const { objectAllocator } = internals
for (const maker of [objectAllocator.getSymbolConstructor(), objectAllocator.getSignatureConstructor()]) {
  const prototype = maker.prototype as Asked
  for (const way of WAYS) {
    const own = prototype[way]
    if (!own) continue
    prototype[way] = function (...args) {
      for (const one of this.declarations ?? [this.declaration]) if (one) bringDocs(one)
      return own.apply(this, args)
    }
  }
}
