/**
 * A check that keeps its names to itself: all cells share theirs, so a student's own `bytes` or `Buffer` would be what the
 * check uses, and what the check imports would be what the student's functions use. Reads and writes text; runs nothing.
 */
import type * as TypeScript from 'typescript'
import { declaredNames, each, isUse, parse } from './under-test.ts'

type TS = typeof TypeScript

const UNDECLARABLE = ['undefined', 'NaN', 'Infinity', 'globalThis', 'eval']
/** Names of the language and of Node, but for those that no cell may declare. */
const GLOBALS: ReadonlySet<string> = new Set(
  // The command's help is shown by Node 20, too, whose sets have no `difference`.
  Object.getOwnPropertyNames(globalThis).filter((name) => !UNDECLARABLE.includes(name)),
)
/** While work is graded they are ours whatever a cell declares (`kernel/executor/harden.ts`). */
const ALWAYS_OURS: ReadonlySet<string> = new Set(['check', 'lab'])
/** Larger ones nobody writes, and they take their time to be parsed. */
const LONGEST = 500_000

/** What the cells of a student declare for all others; `undefined`: that could not be told. */
export function sharedNames(sources: readonly string[]): ReadonlySet<string> | undefined {
  if (sources.some(({ length }) => length > LONGEST)) return undefined
  try {
    return new Set(sources.flatMap(sharedIn))
  } catch {
    // So deep that reading it takes more than the stack.
    return undefined
  }
}

function sharedIn(source: string): string[] {
  const { ts, file } = parse(source)
  const found = declaredNames(source)
  const visit = (node: TypeScript.Node): void => {
    if (ts.isFunctionLike(node)) return
    if (ts.isImportClause(node) || ts.isNamespaceImport(node) || ts.isImportSpecifier(node))
      found.push(textOf(node.name))
    if (ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) found.push(textOf(node.name))
    // A `var` in a block is one of the cell.
    if (ts.isIdentifier(node) && !isUse(ts, node) && isOfVariable(ts, node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const textOf = (name: TypeScript.Node | undefined): string => (name as { text?: string } | undefined)?.text ?? ''

const isOfVariable = (ts: TS, { parent }: TypeScript.Node): boolean =>
  ts.isVariableDeclaration(parent) || ts.isBindingElement(parent)

/**
 * The check, with the names that are `taken` in a block of its own. It keeps its lines.
 *
 * @param others the author's other cells: names of theirs are meant, and what they need of the check stays theirs
 */
export function withOwnNames(check: string, taken: ReadonlySet<string> | undefined, others: readonly string[]): string {
  const { ts, file } = parse(check)
  const authors = new Set(others.flatMap(declaredNames))
  const isTaken = (name: string) => (taken?.has(name) ?? true) && !authors.has(name) && !ALWAYS_OURS.has(name)
  const used = new Set<string>()
  const declared = new Set<string>()
  each(ts, file, (node) => {
    if (ts.isIdentifier(node)) (isUse(ts, node) ? used : declared).add(node.text)
  })
  // Points that are the cell's value would be none in a block.
  if (!/\bcheck\s*\(/.test(check) || file.statements.some((one) => ts.isExportDeclaration(one) || isExported(ts, one)))
    return check
  const mine = declaredNames(check)
  if (others.some((source) => needs(source, mine))) return check
  const types = typesIn(ts, file)
  const imports = file.statements.filter((one) => ts.isImportDeclaration(one))
  const moved = imports.flatMap((one) =>
    elementsOf(ts, one).filter(({ name }) => isTaken(name.text) && !types.has(name.text)),
  )
  const globals = [...used].filter((name) => GLOBALS.has(name) && !declared.has(name) && isTaken(name))
  if (moved.length === 0 && globals.length === 0) return check
  let text = check
  for (const one of imports.toReversed()) {
    const kept = elementsOf(ts, one).filter((each) => !moved.includes(each))
    if (kept.length === elementsOf(ts, one).length) continue
    const shorter =
      kept.length === 0 ? '' : `import { ${kept.map((each) => each.getText(file)).join(', ')} } from "socketlab"`
    text = text.slice(0, one.getStart(file)) + shorter + linesOf(one.getText(file)) + text.slice(one.end)
  }
  const end = imports.at(-1)?.end ?? 0
  const at = text.length - (check.length - end)
  const words = moved.map(({ name, propertyName }) => `${propertyName ? `${propertyName.text}: ` : ''}${name.text}`)
  const own = [
    words.length > 0 ? `const { ${words.join(', ')} } = await import("socketlab");` : '',
    // `globalThis` may be a name of the student's, too.
    globals.length > 0
      ? `const { ${globals.join(', ')} } = (await import("node:vm")).runInThisContext("globalThis") as typeof globalThis;`
      : '',
  ]
  return `${text.slice(0, at)}; { ${own.join(' ')} ${text.slice(at)}\n}`
}

/** Does a cell use one of these names without declaring it? */
function needs(source: string, names: readonly string[]): boolean {
  const own = new Set(declaredNames(source))
  const words = new Set(source.match(/[\p{L}\p{N}_$]+/gu))
  return names.some((name) => words.has(name) && !own.has(name))
}

/** Names that stand for types: those of a block are values. */
function typesIn(ts: TS, file: TypeScript.SourceFile): Set<string> {
  const found = new Set<string>()
  const visit = (node: TypeScript.Node, inType: boolean): void => {
    if (inType && ts.isIdentifier(node)) found.add(node.text)
    ts.forEachChild(node, (child) => visit(child, inType || ts.isTypeNode(child) || ts.isInterfaceDeclaration(child)))
  }
  visit(file, false)
  return found
}

const linesOf = (text: string): string => text.replace(/[^\n]/g, '')

const isExported = (ts: TS, node: TypeScript.Statement): boolean =>
  ts.canHaveModifiers(node) && (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

/** `a` and `b as c` of `import { a, b as c } from "socketlab"`, types left out. */
function elementsOf(ts: TS, { importClause, moduleSpecifier }: TypeScript.ImportDeclaration) {
  const bindings = importClause?.namedBindings
  const isOurs = ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === 'socketlab'
  if (!isOurs || importClause?.isTypeOnly || importClause?.name || !bindings || !ts.isNamedImports(bindings)) return []
  return bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly)
}
