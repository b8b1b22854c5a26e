/**
 * Makes of a cell what tslab's converter takes: every top-level name is exported by the converter itself, so a cell's
 * own `export` goes; `#!` of a script becomes a comment. Each change keeps every other character where it was, so
 * positions and source maps hold.
 */
import ts from 'typescript'

const blank = (text: string) => text.replace(/[^\n\r]/g, ' ')

/** What `export default` without a name is called in the notebook, as TypeScript itself does. */
const DEFAULT_NAME = '_default'
const DEFAULT_VALUE = `let ${DEFAULT_NAME} =`
/** Before the object of `export = { … }`, which alone would be a block: the cell's value, as that of any `export = …`. */
const OBJECT_FOLLOWS = '0||'

type Declared = ts.FunctionDeclaration | ts.ClassDeclaration

/** `export default function () {}`, `export default class {}`: no other declaration can do without a name. */
const isDefaultWithoutName = (statement: ts.Statement): statement is Declared =>
  (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
  statement.name === undefined &&
  statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true

/** From its `export` to where a name would stand, and the same with a name, which is shorter than `export default`. */
function namedHead(statement: Declared, file: ts.SourceFile): [from: number, to: number, head: string] {
  const from = statement.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)?.getStart(file) ?? 0
  const dropped = [ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword]
  const words = (statement.modifiers ?? []).filter(({ kind, pos }) => pos >= from && !dropped.includes(kind))
  const own = [ts.SyntaxKind.FunctionKeyword, ts.SyntaxKind.AsteriskToken, ts.SyntaxKind.ClassKeyword]
  const keywords = statement.getChildren(file).filter(({ kind }) => own.includes(kind))
  const head = [...words, ...keywords].map((node) => node.getText(file)).join(' ')
  return [from, keywords.at(-1)?.end ?? from, `${head} ${DEFAULT_NAME}`]
}

/** The cell's text without its exports, of the same length. */
export function withoutExports(text: string): string {
  const code = text.startsWith('#!') ? `//${text.slice(2)}` : text
  if (!/\bexport\b/.test(code)) return code
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS)
  let result = code
  const put = (start: number, end: number, text: string) => {
    result = result.slice(0, start) + text.padEnd(end - start) + result.slice(end)
  }
  /** `text` as long and of as many lines as what it replaces. */
  const keepLines = (start: number, end: number, text: string) => {
    const lines = '\n'.repeat(code.slice(start, end).split('\n').length - text.split('\n').length)
    return text.padEnd(end - start - lines.length) + lines
  }
  const erase = (start: number, end: number) => put(start, end, blank(code.slice(start, end)))
  for (const statement of file.statements) {
    const start = statement.getStart(file)
    if (ts.isExportDeclaration(statement)) {
      // `export … from "m"` makes the names visible, as `import … from "m"` does.
      if (!statement.moduleSpecifier) erase(start, statement.end)
      else if (statement.exportClause) {
        put(start, start + 6, 'import')
        // `export { default } from "m"`, `export { a as default } from "m"` make no name.
        if (ts.isNamedExports(statement.exportClause))
          for (const each of statement.exportClause.elements)
            if (each.name.text === 'default')
              erase(each.getStart(file), each.end + (/^\s*,/.exec(code.slice(each.end))?.[0].length ?? 0))
      } else put(start, statement.moduleSpecifier.getStart(file), 'import')
    } else if (ts.isExportAssignment(statement)) {
      const value = statement.expression.getStart(file)
      // Alone it would be a block with labels, and `let _default =` is as long as `export default`.
      if (code[value] === '{')
        put(start, value, keepLines(start, value, statement.isExportEquals ? OBJECT_FOLLOWS : DEFAULT_VALUE))
      else erase(start, value)
    } else if (isDefaultWithoutName(statement)) {
      const [from, to, head] = namedHead(statement, file)
      put(from, to, keepLines(from, to, head))
    } else if (ts.canHaveModifiers(statement))
      for (const modifier of statement.modifiers ?? [])
        if (modifier.kind === ts.SyntaxKind.ExportKeyword || modifier.kind === ts.SyntaxKind.DefaultKeyword)
          erase(modifier.getStart(file), modifier.end)
  }
  return result
}

/**
 * The converter exports names as TypeScript keeps them, and TypeScript keeps `__dirname` with one underscore more.
 * `text` is a cell with the converter's list of exports at its end.
 */
export function withRealNames(text: string): string {
  const at = text.lastIndexOf('\nexport {')
  if (at < 0 || !text.includes('___', at)) return text
  return text.slice(0, at) + text.slice(at).replace(/(?<=[{ ])_(?=__)/g, '')
}
