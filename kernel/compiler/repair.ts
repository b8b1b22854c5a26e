/**
 * Makes of a cell what tslab's converter takes: every top-level name is exported by the converter itself, so a cell's
 * own `export` goes; `#!` of a script becomes a comment. Each change keeps every other character where it was, so
 * positions and source maps hold.
 */
import ts from 'typescript'

const blank = (text: string) => text.replace(/[^\n\r]/g, ' ')

/** The cell's text without its exports, of the same length. */
export function withoutExports(text: string): string {
  const code = text.startsWith('#!') ? `//${text.slice(2)}` : text
  if (!/\bexport\b/.test(code)) return code
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS)
  let result = code
  const put = (start: number, end: number, text: string) => {
    result = result.slice(0, start) + text.padEnd(end - start) + result.slice(end)
  }
  const erase = (start: number, end: number) => put(start, end, blank(code.slice(start, end)))
  for (const statement of file.statements) {
    const start = statement.getStart(file)
    if (ts.isExportDeclaration(statement)) {
      // `export … from "m"` makes the names visible, as `import … from "m"` does.
      if (!statement.moduleSpecifier) erase(start, statement.end)
      else if (statement.exportClause) put(start, start + 6, 'import')
      else put(start, statement.moduleSpecifier.getStart(file), 'import')
    } else if (ts.isExportAssignment(statement)) erase(start, statement.expression.getStart(file))
    else if (ts.canHaveModifiers(statement))
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
