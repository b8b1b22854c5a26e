/**
 * Reads a check as text: which functions it gives to `t.serve` and `t.run`, so that it can be judged from outside, and
 * what in it would then judge the author's own code instead of the student's. Runs nothing; knows no cells.
 */
import { createRequire } from 'node:module'
import type * as TypeScript from 'typescript'

export interface UnderTest {
  /** Functions that `t.serve` and `t.run` are given, each once. None: the check judges in the student's process. */
  readonly names: readonly string[]
  /** What an author got wrong. */
  readonly mistakes: readonly string[]
  /** Names that it uses as values in any other way. */
  readonly others: ReadonlySet<string>
}

const NOTHING: UnderTest = { names: [], mistakes: [], others: new Set() }
const TOOLS = new Set(['serve', 'run'])

const known = new Map<string, UnderTest>()

export function readUnderTest(source: string): UnderTest {
  // Most checks have none, and TypeScript takes its time to load.
  if (!/\.\s*(?:serve|run)\s*\(/.test(source)) return NOTHING
  const found = known.get(source) ?? read(source)
  known.set(source, found)
  return found
}

/** The names that a cell declares at its top: functions, classes, variables. */
export function declaredNames(source: string): string[] {
  const { ts, file } = parse(source)
  return file.statements.flatMap((one): string[] => {
    if (ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)) return one.name ? [one.name.text] : []
    if (!ts.isVariableStatement(one)) return []
    return one.declarationList.declarations.flatMap(({ name }) => namesIn(ts, name))
  })
}

function namesIn(ts: typeof TypeScript, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((one) => (ts.isOmittedExpression(one) ? [] : namesIn(ts, one.name)))
}

let loaded: typeof TypeScript | undefined

/** TypeScript is loaded when it is needed first. */
export function parse(source: string): { ts: typeof TypeScript; file: TypeScript.SourceFile } {
  loaded ??= createRequire(import.meta.url)('typescript') as typeof TypeScript
  const { ScriptTarget } = loaded
  return { ts: loaded, file: loaded.createSourceFile('check.ts', source, ScriptTarget.Latest, true) }
}

function read(source: string): UnderTest {
  const { ts, file } = parse(source)
  const tools = toolsOf(ts, file)
  const names = new Set<string>()
  const given = new Set<TypeScript.Node>()
  const mistakes: string[] = []
  each(ts, file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const { expression: holder, name: tool } = node.expression
    if (!ts.isIdentifier(holder) || !tools.has(holder.text) || !TOOLS.has(tool.text)) return
    const [first] = node.arguments
    const call = `${holder.text}.${tool.text}`
    if (first && ts.isIdentifier(first)) {
      names.add(first.text)
      given.add(first)
    } else
      mistakes.push(
        `line ${lineOf(file, node)}: ${call}(…) takes a function of the student's cell by its name, as in ${call}(echo), and nothing that is written in the check: that could not be called in the student's process`,
      )
  })
  const own = new Set(declaredNames(source))
  for (const name of names)
    if (own.has(name))
      mistakes.push(`${name} is declared in the check itself: t.serve and t.run take functions of the student's cell`)
  const others = new Set<string>()
  each(ts, file, (node) => {
    if (ts.isIdentifier(node) && !given.has(node) && isUse(ts, node)) others.add(node.text)
  })
  return { names: [...names], mistakes, others }
}

/** What the checks of the cell call their `t`. */
function toolsOf(ts: typeof TypeScript, file: TypeScript.SourceFile): Set<string> {
  const found = new Set<string>()
  each(ts, file, (node) => {
    if (!ts.isCallExpression(node) || !/^(?:lab\.)?check$/.test(node.expression.getText(file))) return
    const body = node.arguments[2]
    if (!body || !(ts.isArrowFunction(body) || ts.isFunctionExpression(body))) return
    const name = body.parameters[0]?.name
    if (name && ts.isIdentifier(name)) found.add(name.text)
  })
  return found
}

/** Everything but types, which are gone when it runs. */
export function each(ts: typeof TypeScript, node: TypeScript.Node, visit: (node: TypeScript.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => {
    if (!ts.isTypeNode(child) && !ts.isTypeAliasDeclaration(child) && !ts.isInterfaceDeclaration(child))
      each(ts, child, visit)
  })
}

/** Not `x.name`, `{ name: … }` or a name that is being declared. */
export function isUse(ts: typeof TypeScript, node: TypeScript.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
  if (ts.isPropertyAssignment(parent)) return parent.name !== node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isBindingElement(parent)) return parent.initializer === node
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent)
  if (declares) return (parent as { name?: TypeScript.Node }).name !== node
  return !ts.isImportSpecifier(parent) && !ts.isImportClause(parent) && !ts.isLabeledStatement(parent)
}

/** From 1. */
export const lineOf = (file: TypeScript.SourceFile, node: TypeScript.Node): number =>
  file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
