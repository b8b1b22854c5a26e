/**
 * What of all that TypeScript finds a cell is refused for: everything, where types are checked; what is certain to fail,
 * in JavaScript; what V8 would refuse as well, where nothing is checked. Knows nothing of who asks for which.
 */
import ts from 'typescript'
import { isCaught, isVariable } from './caught.ts'
import { internals } from './internals.ts'

/** Set once, before the first cell: the kernel was started for JavaScript, as tslab's `jslab`. */
export const language = { javascript: false }

/** Grammar that TypeScript looks for only while it checks types, and that no JavaScript engine takes: 1000 to 1999. */
const NO_GRAMMAR = new Set([
  // What two parts of an object are called alike, a default in a setter, an `if` that does nothing, `(a?, b)`.
  1016, 1052, 1089, 1117, 1118, 1119, 1313, 1055, 1056, 1058, 1064, 1062, 1065, 1192, 1202, 1203, 1205, 1206, 1219,
  1238, 1239, 1240, 1241, 1259, 1270, 1271, 1278, 1279, 1280, 1320, 1321, 1322, 1329, 1340, 1345, 1360, 1361, 1362,
  1371, 1372, 1373, 1375, 1378, 1379, 1380, 1448, 1470, 1471, 1479, 1484, 1485, 1540, 1541, 1542, 1543,
])
/** Redeclared in one cell, private names outside their class, and what else V8 refuses to read. */
const REFUSED_BY_V8 = new Set([2451, 2492, 2501, 2566, 2480, 2528, 18007, 18012, 18013, 18016, 18041])

/** Undeclared (2874: the `React` of JSX) or used too early, not to be assigned to, not to be found: it would throw when the cell runs. */
const CERTAIN = new Set([2304, 2307, 2448, 2449, 2450, 2540, 2552, 2588, 2631, 2632, 2792, 2874, 18004])
/** Of these what stands in a function's body: a later cell may declare the name before anybody calls the function. */
const UNDECLARED = new Set([2304, 2552, 18004])
/** Of these what lessons on errors do in a `try`, to see it thrown. */
const LET_FAIL = new Set([2304, 2307, 2448, 2449, 2450, 2540, 2552, 2588, 2632, 18004])
/** Read-only: outside of strict mode such an assignment does nothing. */
const READ_ONLY = 2540
/** "Cannot assign to it because it is an import": TypeScript takes `let fs = require("fs")` for one. */
const IMPORTED = 2632
/** "There is no such property", "… did you mean". */
const NO_PROPERTY = new Set([2339, 2551])

const isRefusedByV8 = ({ code }: ts.Diagnostic): boolean =>
  REFUSED_BY_V8.has(code) || (code >= 1000 && code < 2000 && !NO_GRAMMAR.has(code))

/** Of a cell whose types are not checked. */
export const withoutTypes = (found: readonly ts.Diagnostic[]): ts.Diagnostic[] => found.filter(isRefusedByV8)

/** `"\033[1m"`, `0644` and `08`, which V8 takes outside of strict mode; in backquotes it does not. */
const OF_STRICT_MODE = new Set([1121, 1487, 1488, 1489])
/** `delete age`, `const package = require("./package.json")`: the same, as the checker finds it. */
const FORBIDDEN_BY_STRICT_MODE = new Set([1102, 1212, 1214])

/** Of what the parser has found in a JavaScript cell that is not strict. */
export const ofSloppyMode = (found: readonly ts.DiagnosticWithLocation[]): readonly ts.DiagnosticWithLocation[] =>
  found.filter(
    ({ code, file, start }) =>
      !OF_STRICT_MODE.has(code) ||
      !(
        ts.isStringLiteral(internals.getTokenAtPosition(file, start)) ||
        ts.isNumericLiteral(internals.getTokenAtPosition(file, start))
      ),
  )

/** Of what the parser has found in a JavaScript cell. */
export const outsideOfComments = (found: readonly ts.DiagnosticWithLocation[]): readonly ts.DiagnosticWithLocation[] =>
  found.filter((each) => !isInComment(each))

/**
 * A comment of documentation, in which TypeScript reads types: `@param {string name` stops no JavaScript. Some of them are
 * written for people, others for other tools.
 */
function isInComment({ file, start }: ts.Diagnostic): boolean {
  if (!file || start === undefined) return false
  const token = internals.getTokenAtPosition(file, start)
  return ts.findAncestor(token, ts.isJSDoc) !== undefined || start < token.getStart(file)
}

/** What cells have put on the global object: such names are declared nowhere. */
const putOnGlobal = new Set<string>()
const PUTS = /\b(?:globalThis|global)\.([\w$]+)\s*=(?![=>])/g
/** What cells have put on any object: `server.stop = …`. */
const putOnObjects = new Set<string>()
const PUTS_ON_OBJECT = /\.([\w$]+)\s*=(?![=>])|\bdefineProperty\([^()'"`]*,\s*['"]([\w$]+)['"]/g

function notePuts(text: string): void {
  for (const [, name] of text.matchAll(PUTS)) putOnGlobal.add(name as string)
  for (const [, name, defined] of text.matchAll(PUTS_ON_OBJECT)) putOnObjects.add((name ?? defined) as string)
}

/** Of a JavaScript cell. Numbers from 8000 on: TypeScript's own syntax, which only TypeScript files may have. */
export function ofJavaScript(
  file: ts.SourceFile,
  found: readonly ts.Diagnostic[],
  program: ts.Program,
  strict: boolean,
): ts.Diagnostic[] {
  notePuts(file.text)
  return found.filter(
    (each) =>
      !isInComment(each) &&
      (strict || each.code !== READ_ONLY) &&
      ((isRefusedByV8(each) && (strict || !FORBIDDEN_BY_STRICT_MODE.has(each.code))) ||
        (CERTAIN.has(each.code) &&
          !mayBeThere(each) &&
          !(LET_FAIL.has(each.code) && isCaught(each)) &&
          !isNoImport(each, program) &&
          !(UNDECLARED.has(each.code) && isForLater(each))) ||
        (each.code >= 8000 && each.code < 9000 && each.category === ts.DiagnosticCategory.Error) ||
        (NO_PROPERTY.has(each.code) && isOfLibrary(each, program))),
  )
}

/**
 * `require` and `import(…)` may find what has no types, or be tried only; a global may have been made by hand, and `typeof window` asks
 * whether there is one.
 */
function mayBeThere({ file, start }: ts.Diagnostic): boolean {
  if (!file || start === undefined) return false
  const token = internals.getTokenAtPosition(file, start)
  if (ts.isIdentifier(token) && (putOnGlobal.has(token.text) || isAskedForByType(file, token.text))) return true
  const { parent } = token
  return parent && ts.isCallExpression(parent) && ['require', 'import'].includes(parent.expression.getText(file))
}

/** `typeof window === 'undefined'`: that name may be missing, there and in what is written behind the question. */
function isAskedForByType(file: ts.SourceFile, name: string): boolean {
  const asks = (node: ts.Node): boolean =>
    (ts.isTypeOfExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name) ||
    (ts.forEachChild(node, asks) ?? false)
  return asks(file)
}

/** `let fs = require("fs")`, to which something else may be assigned. */
function isNoImport({ code, file, start }: ts.Diagnostic, program: ts.Program): boolean {
  if (code !== IMPORTED || !file || start === undefined) return false
  const name = internals.getTokenAtPosition(file, start)
  const [declared] = program.getTypeChecker().getSymbolAtLocation(name)?.declarations ?? []
  return declared !== undefined && isVariable(declared)
}

/** In the body of a function that is not called where it stands. */
function isForLater({ file, start }: ts.Diagnostic): boolean {
  if (!file || start === undefined) return false
  const isUncalled = (node: ts.Node): boolean => {
    if (!ts.isFunctionLike(node)) return false
    let { parent }: ts.Node = node
    while (ts.isParenthesizedExpression(parent)) ({ parent } = parent)
    return !(ts.isCallExpression(parent) && parent.expression.pos <= node.pos && node.end <= parent.expression.end)
  }
  return ts.findAncestor(internals.getTokenAtPosition(file, start), isUncalled) !== undefined
}

/** JavaScript's own objects get properties as they go, those of Node and of packages do not: `sock.sendal(…)`. */
function isOfLibrary({ code, file, start }: ts.Diagnostic, program: ts.Program): boolean {
  if (!file || start === undefined) return false
  const { parent } = internals.getTokenAtPosition(file, start)
  if (!parent || !ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return false
  if (parent.parent.expression !== parent) return false
  if (code === 2339 && isAskedFor(parent)) return false
  const { name, declarations = [] } = program.getTypeChecker().getTypeAtLocation(parent.expression).symbol ?? {}
  if (isHadHere(name, parent.name.text)) return false
  for (const local of program.getSourceFiles()) if (/\.[cm]?jsx?$/.test(local.fileName)) notePuts(local.text)
  if (putOnObjects.has(parent.name.text)) return false
  // `Array.prototype.last = …`: the language's own may have got more than they are declared with.
  const isLanguage = ({ fileName }: ts.SourceFile) => /\/lib\.[\w.]+\.d\.ts$/.test(fileName)
  const files = declarations.map((each) => each.getSourceFile())
  return files.length > 0 && files.every((each) => each.isDeclarationFile && !(code === 2339 && isLanguage(each)))
}

/** What Node has and nobody has declared: `data.hexSlice(0, 4)`. The compiler runs in it too. */
function isHadHere(type: string | undefined, member: string): boolean {
  // `require("cluster").fork()`: a module's declarations may tell of its default export alone.
  const module = type?.startsWith('"') ? process.getBuiltinModule(type.slice(1, -1)) : undefined
  if (module !== undefined) return member in module
  const made = (globalThis as Record<string, unknown>)[type ?? '']
  return typeof made === 'function' && typeof made.prototype === 'object' && member in made.prototype
}

/** `data.toHex?.()`, `if (data.toHex) data.toHex()`: whoever writes so knows that it may not be there. */
function isAskedFor(method: ts.PropertyAccessExpression): boolean {
  if ((method.parent as ts.CallExpression).questionDotToken) return true
  const asks = (node: ts.Node): boolean =>
    (ts.isPropertyAccessExpression(node) && node.name.text === method.name.text && !isCalled(node)) ||
    (ts.forEachChild(node, asks) ?? false)
  return asks(method.getSourceFile())
}

const isCalled = (node: ts.Node): boolean => ts.isCallExpression(node.parent) && node.parent.expression === node
