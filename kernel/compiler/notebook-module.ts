/**
 * From the ES module that tslab's converter emits for a cell to the body of a CommonJS-like function, in which every
 * top-level name is a property of `exports`: one binding for all cells that get the same `exports`.
 * Works on text by scope alone; knows nothing of types, of earlier cells or of who runs the result.
 */
import ts from 'typescript'
import { boundIn } from './bound-names.ts'
import { REFUSING } from './caught.ts'
import { internals, type SymbolTable } from './internals.ts'
import { DYNAMIC_IMPORT, IMPORT_HELPERS, IMPORT_META, importText } from './notebook-imports.ts'
import { TextEdits } from './text-edits.ts'
import { TooEarly } from './too-early.ts'
import { KEEP_USING, KEEP_USING_HELPER } from './top-level-using.ts'

interface Scoped {
  locals?: SymbolTable
  name?: ts.Node
}

const JSX_CALL = /(?<!\bexports\.)\bReact\.(?:createElement|Fragment)\b/

/** `export {};` stands before the cell's text. */
const LINES_BEFORE = 1

const bindOptions: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext }

/** The names of `export { a, b }` and `export const c`: tslab exports each top-level name, helpers of TypeScript's not. */
function exportedNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>()
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause))
      for (const element of statement.exportClause.elements) names.add((element.propertyName ?? element.name).text)
    else if (ts.isVariableStatement(statement) && statement.modifiers?.length)
      for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text)
  }
  return names
}

const isAnonymousFunction = (node: ts.Expression): boolean => {
  const inner = ts.skipPartiallyEmittedExpressions(node)
  return ts.isArrowFunction(inner) || ((ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && !inner.name)
}

/**
 * Rewrites one cell. `map` leads from `text` to the learner's source and is made to lead there from the result.
 * Names in `ambient` are left as they are, assignments to those in `constants` throw.
 */
export function notebookModule(
  text: string,
  map: string,
  { ambient, constants, strict }: Readonly<Record<'ambient' | 'constants', ReadonlySet<string>>> & { strict: boolean },
): { javascript: string; map: string; names: string[]; early: string[] } {
  const file = ts.createSourceFile('cell.ts', text, { languageVersion: ts.ScriptTarget.ESNext }, true)
  internals.bindSourceFile(file, bindOptions)
  const names = exportedNames(file).difference(ambient)
  // JSX has become calls of it, after the converter has looked for names of earlier cells.
  const used = JSX_CALL.test(text) ? names.union(new Set(['React'])) : names
  const edits = new TextEdits(text)
  const scopes: Scoped[] = []
  const hoisted: string[] = []
  const seen = new Set<string>()
  const tooEarly = new TooEarly()
  let functions = 0
  let imports = false

  const start = (node: ts.Node) => node.getStart(file)
  const shadowed = (name: string) =>
    scopes.some(
      ({ locals, name: own }) => locals?.has(name as ts.__String) || (own && ts.isIdentifier(own) && own.text === name),
    )
  const isBound = (node: ts.Node): node is ts.Identifier =>
    ts.isIdentifier(node) && used.has(node.text) && !shadowed(node.text)

  function place(node: ts.Identifier): void {
    seen.add(node.text)
    edits.insert(start(node), 'exports.')
  }

  function reference(node: ts.Identifier): void {
    tooEarly.names(node.text)
    place(node)
  }

  /** tslab's converter has written `exports.f` for the `f` of an earlier cell. */
  const isEarlier = (node: ts.Node): node is ts.PropertyAccessExpression =>
    ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'exports'

  const isRefused = (node: ts.Node) =>
    constants.size > 0 &&
    internals.isAssignmentTarget(node) &&
    (isBound(node) ? constants.has(node.text) : isEarlier(node) && constants.has(node.name.text))

  /** `f()` must not become a method call on `exports`. */
  function callee(node: ts.Expression): void {
    const detached = isBound(node) || isEarlier(node)
    if (detached) edits.insert(start(node), '(0, ')
    visit(node)
    if (!detached) return
    edits.close(node.end, ')')
    // Where such a call fails V8 names its bracket: the learner looks for the function.
    edits.unmap(node.end)
  }

  /** What is put into the name `name`; an anonymous function would have got that name. */
  function value(name: ts.Node | undefined, initializer: ts.Expression): void {
    const word = name && isEarlier(name) ? name.name : name
    const named = word && ts.isIdentifier(word) && isAnonymousFunction(initializer) ? word.text : undefined
    if (named) edits.insert(start(initializer), `{ ["${named}"]: `)
    visit(initializer)
    if (named) edits.close(initializer.end, ` }["${named}"]`)
  }

  // --- declarations of the cell's own names
  /** `{ a, b: [c = 1], ...rest }` as a target of assignment. */
  function target(name: ts.BindingName): void {
    if (ts.isIdentifier(name)) {
      if (names.has(name.text)) place(name)
      return
    }
    for (const element of name.elements) {
      if (ts.isOmittedExpression(element)) continue
      if (element.propertyName) {
        if (ts.isComputedPropertyName(element.propertyName)) visit(element.propertyName)
      } else if (ts.isObjectBindingPattern(name) && ts.isIdentifier(element.name) && !element.dotDotDotToken)
        edits.insert(start(element.name), `${element.name.text}: `)
      target(element.name)
      if (element.initializer) visit(element.initializer)
    }
  }

  /** A `var`, `let` or `const` of the file itself, not of a function or, but for `var`, of a block. */
  function isOfFile(list: ts.VariableDeclarationList): boolean {
    if (functions > 0) return false
    const atTop = ts.isVariableStatement(list.parent) && ts.isSourceFile(list.parent.parent)
    const ofFile = atTop || (list.flags & ts.NodeFlags.BlockScoped) === 0
    return ofFile && list.declarations.some(({ name }) => boundIn(name).some((each) => names.has(each)))
  }

  /** `let a = 1, { b } = o` becomes `exports.a = 1, { b: exports.b } = o`. */
  function assignments(list: ts.VariableDeclarationList, keyword: number): void {
    const first = list.declarations[0] as ts.VariableDeclaration
    edits.remove(keyword, start(first))
    const inLoop = !ts.isVariableStatement(list.parent)
    const ofLastExpression = ts.isVariableStatement(list.parent) && list.parent.modifiers !== undefined
    const parenthesized = !inLoop && ts.isObjectBindingPattern(first.name)
    if (parenthesized) edits.insert(start(first), '(')
    if (list.flags & ts.NodeFlags.BlockScoped)
      for (const { name } of list.declarations) for (const each of boundIn(name)) tooEarly.declares(each)
    for (const { name, initializer } of list.declarations) {
      for (const each of boundIn(name)) if (!names.has(each)) hoisted.push(`var ${each};`)
      const late = ts.isIdentifier(name) && seen.has(name.text)
      target(name)
      if (initializer) value(ofLastExpression ? undefined : name, initializer)
      else if (
        ts.isIdentifier(name) &&
        !(inLoop && (ts.isForInStatement(list.parent) || ts.isForOfStatement(list.parent)))
      ) {
        // `x = 3; var x;` must keep the 3.
        if (late) hoisted.push(`exports.${name.text} = void 0;`)
        else edits.close(name.end, ' = void 0')
      }
    }
    if (parenthesized) edits.close(list.end, ')')
  }

  // --- everything else
  function children(node: ts.Node): void {
    ts.forEachChild(node, visit)
  }

  function scope(node: ts.Node, run: () => void): void {
    const isFunction =
      ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node)
    const ownName = ts.isFunctionExpression(node) || ts.isClassExpression(node) ? node.name : undefined
    const { locals } = node as Scoped
    const opens = !ts.isSourceFile(node) && (locals !== undefined || ownName !== undefined)
    if (opens) scopes.push({ ...(locals && { locals }), ...(ownName && { name: ownName }) })
    if (isFunction) functions++
    run()
    if (isFunction) functions--
    if (opens) scopes.pop()
  }

  const computed = (name: ts.Node | undefined) => {
    if (name && ts.isComputedPropertyName(name)) visit(name)
  }

  function visit(node: ts.Node | undefined): void {
    if (node) scope(node, () => visitIn(node))
  }

  function visitIn(node: ts.Node): void {
    if (isRefused(node)) edits.replace(start(node), node.end, REFUSING)
    else if (ts.isIdentifier(node)) {
      if (isBound(node)) reference(node)
    } else if (ts.isPropertyAccessExpression(node)) visit(node.expression)
    else if (ts.isCallExpression(node)) {
      const { expression } = node
      if (expression.kind === ts.SyntaxKind.ImportKeyword)
        edits.replace(start(expression), expression.end, DYNAMIC_IMPORT)
      else callee(expression)
      for (const argument of node.arguments) visit(argument)
    } else if (ts.isTaggedTemplateExpression(node)) {
      callee(node.tag)
      visit(node.template)
    } else if (ts.isPropertyAssignment(node)) {
      computed(node.name)
      visit(node.initializer)
    } else if (ts.isShorthandPropertyAssignment(node)) {
      if (isBound(node.name)) {
        edits.insert(start(node.name), `${node.name.text}: `)
        reference(node.name)
      }
      visit(node.objectAssignmentInitializer)
    } else if (ts.isBinaryExpression(node)) {
      if (node.operatorToken.kind === ts.SyntaxKind.EqualsToken && (isBound(node.left) || isEarlier(node.left))) {
        visit(node.left)
        value(node.left, node.right)
      } else children(node)
    } else if (ts.isVariableDeclarationList(node)) {
      if (isOfFile(node)) assignments(node, start(ts.isVariableStatement(node.parent) ? node.parent : node))
      else children(node)
    } else if (ts.isVariableDeclaration(node) || ts.isParameter(node)) {
      if (!ts.isIdentifier(node.name)) visit(node.name)
      visit(node.initializer)
    } else if (ts.isBindingElement(node)) {
      computed(node.propertyName)
      if (!ts.isIdentifier(node.name)) visit(node.name)
      visit(node.initializer)
    } else if (ts.isClassLike(node)) visitClass(node)
    else if (ts.isFunctionLike(node)) visitFunction(node as ts.FunctionLikeDeclaration)
    else if (ts.isPropertyDeclaration(node)) {
      computed(node.name)
      visit(node.initializer)
    } else if (ts.isLabeledStatement(node)) visit(node.statement)
    else if (ts.isBreakOrContinueStatement(node)) return
    else if (ts.isMetaProperty(node)) {
      if (node.keywordToken === ts.SyntaxKind.ImportKeyword) edits.replace(start(node), node.end, IMPORT_META)
    } else if (ts.isImportDeclaration(node)) {
      const text = importText(node)
      imports ||= text.helpers
      edits.replace(start(node), node.end, text.code)
    } else if (ts.isExportDeclaration(node)) edits.remove(start(node), node.end)
    else children(node)
  }

  function visitFunction(node: ts.FunctionLikeDeclaration): void {
    if (ts.isFunctionDeclaration(node) && node.name && ts.isSourceFile(node.parent) && names.has(node.name.text))
      hoisted.push(`exports.${node.name.text} = ${node.name.text};`)
    computed(node.name)
    for (const parameter of node.parameters) visit(parameter)
    // The body's own block shares the function's scope.
    visit(node.body)
  }

  function visitClass(node: ts.ClassLikeDeclaration): void {
    for (const clause of node.heritageClauses ?? []) visit(clause)
    // First in the class, so that its static initialisers find it under the name that others see.
    if (ts.isClassDeclaration(node) && node.name && ts.isSourceFile(node.parent) && names.has(node.name.text)) {
      edits.insert(node.members.pos, ` static { exports.${node.name.text} = this; }`)
      tooEarly.declares(node.name.text)
    }
    for (const member of node.members) visit(member)
  }

  for (const statement of file.statements) {
    tooEarly.statement(ts.isFunctionDeclaration(statement) ? statement.name?.text : undefined)
    visit(statement)
  }
  const usings = text.includes(`${KEEP_USING}(`) ? KEEP_USING_HELPER : ''
  const header = `${strict ? '"use strict";' : ''}${imports ? IMPORT_HELPERS : ''}${usings}${hoisted.join('')}\n`
  // Not an edit: an insertion at 0 would come after a replacement there.
  const { text: body, map: moved } = edits.apply(map, LINES_BEFORE)
  const shifted = JSON.parse(moved) as { mappings: string }
  shifted.mappings = `;${shifted.mappings}`
  return { javascript: header + body, map: JSON.stringify(shifted), names: [...names], early: tooEarly.found() }
}
