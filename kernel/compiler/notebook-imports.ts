/**
 * A cell's `import` as assignments to `exports`. Names of a local module stay linked to it (its `let` may change);
 * names of packages and of Node are copied. Knows nothing of how `require` finds a module.
 */
import ts from 'typescript'
import { npmPackage } from '../bridge/npm-specifier.ts'
import { TextEdits } from './text-edits.ts'

/** What the assignments call, on one line. `__link` lets a later cell redeclare a linked name. */
export const IMPORT_HELPERS = [
  // A compiled package without a default: its types let it pass, and Node gives the package itself.
  'const __default = (m) => m && m.__esModule && "default" in m ? m.default : m;',
  'const __star = (m) => { if (m && m.__esModule) return m; const all = {};',
  ' if (m != null) for (const key of Reflect.ownKeys(m)) { const own = Object.getOwnPropertyDescriptor(m, key);',
  ' if (key !== "default" && own.enumerable) Object.defineProperty(all, key, { ...own, configurable: true }); }',
  ' all.default = m; return all; };',
  'const __link = (name, get) => Object.defineProperty(exports, name, { get, enumerable: true, configurable: true,',
  ' set(value) { Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true }); } });',
].join('')

/** What `import.meta` becomes: a cell's folder is the notebook's. `main` asks whether it is what runs, or was imported. */
const importMeta = (main: boolean): string =>
  `({ main: ${main}, ` +
  'url: require("node:url").pathToFileURL(__filename).href, filename: __filename, dirname: __dirname, ' +
  'resolve: (name) => { if (require("node:module").isBuiltin(name)) return "node:" + name.replace(/^node:/, ""); ' +
  'if (/^(?:file|data|https?):/.test(name)) return name; const { pathToFileURL } = require("node:url"); ' +
  'try { return pathToFileURL(require.resolve(name)).href } catch (error) { ' +
  // As in Node it need not be there: it may be a file that is to be written.
  'if (/^\\.{0,2}\\//.test(name)) return new URL(name, pathToFileURL(__filename)).href; throw error } } })'

/** `import.meta` of a cell, which is what runs. */
export const IMPORT_META = importMeta(true)

/** What the `import` of a dynamic import becomes: who runs the cell looks for local files first. */
export const DYNAMIC_IMPORT = '__import((name, how) => import(name, how))'

/** A package as a file's `import` sees it: what is compiled and has no default is its own, as in Node. */
const WHOLE =
  'const __whole = (m) => { if (!m || !m.__esModule || "default" in m) return m; const all = { __esModule: true, default: m }; ' +
  'for (const key of Object.keys(m)) Object.defineProperty(all, key, { get: () => m[key], enumerable: true }); return all; };'

/** TypeScript's own helpers give `undefined` for the default of such a package. Files in a circle stay as they are. */
export function withNodesDefault(javascript: string): string {
  const imports = /^(const \w+ = __import(?:Default|Star)\()(require\("[^"./#][^"]*"\))\);$/gm
  const text = javascript.replace(imports, '$1__whole($2));')
  return text === javascript ? text : text.replace('"use strict";', `"use strict"; ${WHOLE}`)
}

/** What `import.meta` is in a local file's CommonJS. */
export function replaceImportMeta(text: string, map: string): { text: string; map: string } {
  if (!text.includes('import.meta')) return { text, map }
  const file = ts.createSourceFile('module.js', text, ts.ScriptTarget.ESNext, false)
  const edits = new TextEdits(text)
  const visit = (node: ts.Node): void => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      edits.replace(node.getStart(file), node.end, importMeta(false))
    ts.forEachChild(node, visit)
  }
  visit(file)
  return edits.apply(map, 0)
}

/** JavaScript for one import declaration; `helpers` where it calls one of them. */
export function importText(node: ts.ImportDeclaration): { code: string; helpers: boolean } {
  const specifier = node.moduleSpecifier as ts.StringLiteral
  const load = `require(${JSON.stringify(npmPackage(specifier.text))})`
  const clause = node.importClause
  if (!clause) return { code: `${load};`, helpers: false }
  const local = /^[.#]/.test(specifier.text)
  const put = (name: string, value: string) =>
    local ? `__link(${JSON.stringify(name)}, () => ${value});` : `exports.${name} = ${value};`
  const code = [`{ const m = ${load};`]
  if (clause.name) code.push(put(clause.name.text, '__default(m)'))
  const bindings = clause.namedBindings
  if (bindings && ts.isNamespaceImport(bindings)) code.push(`exports.${bindings.name.text} = __star(m);`)
  else if (bindings) {
    for (const { name, propertyName } of bindings.elements) {
      const imported = (propertyName ?? name).text
      code.push(put(name.text, imported === 'default' ? '__default(m)' : `m[${JSON.stringify(imported)}]`))
    }
  }
  code.push('}')
  return { code: code.join(' '), helpers: true }
}
