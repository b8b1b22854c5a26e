/** What to do about a module that is not found. Knows the specifier and a tsconfig.json, asks for no types. */
import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import { packageOf } from '../bridge/npm-specifier.ts'
import { isCellFile } from './cell-file.ts'
import type { Rule } from './hints-places.ts'
import { isHere } from './python-words.ts'

/** Where the `paths` of a tsconfig.json in the notebook's folder would lead. */
function byConfiguredPath(name: string): string | undefined {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile) as {
    config?: { compilerOptions?: { baseUrl?: unknown; paths?: Record<string, unknown> } }
  }
  const { baseUrl, paths } = config?.compilerOptions ?? {}
  for (const [pattern, targets] of Object.entries(paths ?? {})) {
    const [before = '', after] = pattern.split('*')
    const fits = after === undefined ? name === pattern : name.startsWith(before) && name.endsWith(after)
    const target: unknown = Array.isArray(targets) ? targets[0] : undefined
    if (!fits || typeof target !== 'string') continue
    const rest = name.slice(before.length, name.length - (after?.length ?? 0))
    return `./${posix.join(typeof baseUrl === 'string' ? baseUrl : '', target.replace('*', rest))}`
  }
  return undefined
}

/** Jupyter's server starts a kernel again where it has started it before, wherever the notebook is by then. */
const START_ANEW = 'shut the kernel down (Kernel → Shut Down Kernel), and run the cells anew.'

/** It has been renamed or moved: Jupyter's server told its path when it started the kernel. */
function isNotebookGone(): boolean {
  const path = process.env.JPY_SESSION_NAME
  return path !== undefined && posix.dirname(path) === process.cwd() && !existsSync(path)
}

export const missingModule: Rule = ({ token }) => {
  if (!ts.isStringLiteral(token)) return undefined
  const [, scheme, rest = token.text] = /^(npm|jsr|https?):\/*(.*)$/.exec(token.text) ?? []
  if (isHere(token.text)) return `\`${token.text}\` is there without an import: leave the line out.`
  if (rest.startsWith('node:')) return 'Node has no module of this name.'
  if (rest.startsWith('.') && !existsSync(process.cwd()))
    return `The notebook's folder was renamed or moved since the kernel was started, and a restart looks for the old one: ${START_ANEW}`
  if (rest.startsWith('.') && isCellFile(token.getSourceFile().fileName) && isNotebookGone())
    return `The path starts from the folder in which the notebook was when the kernel was started, ${process.cwd()}. Was it moved since? Then ${START_ANEW}`
  if (rest.startsWith('.'))
    return isCellFile(token.getSourceFile().fileName)
      ? "The path starts from the notebook's folder."
      : 'The path starts from the folder of the file that it stands in.'
  const meant = scheme === undefined && byConfiguredPath(rest)
  if (meant)
    return `The \`paths\` of tsconfig.json are not asked here: write where the file lies, \`"${meant}"\` from the notebook's folder.`
  if (scheme === 'jsr') {
    const name = packageOf(rest).replace(/(?<=.)@.*/, '')
    return `A package of JSR is added in the notebook's folder, \`npx jsr add ${name}\`, and imported from "${name}".`
  }
  return scheme?.startsWith('http')
    ? 'No code is loaded from an address: install the package in the notebook\'s folder, or save the file there and import it from "./".'
    : `If it is a package of npm, install it in the notebook's folder: \`npm install ${packageOf(rest)}\`.`
}

/** TypeScript in the JavaScript kernel, which JupyterLab offers first, also for a `.ts` file's console; or in a `.js` file. */
export const typesInJavaScript: Rule = ({ token }) =>
  isCellFile(token.getSourceFile().fileName)
    ? 'This kernel is for JavaScript: write it without types, or choose TypeScript (socketlab) under Kernel → Change Kernel….'
    : 'A file with types has a name that ends in `.ts`.'

/** `/// <reference types="jest" />` */
export const missingTypes: Rule = ({ message }) => {
  const [, name] = /'([^']+)'/.exec(message) ?? []
  return (
    name && `If a package of npm has these types, install it in the notebook's folder: \`npm install @types/${name}\`.`
  )
}

/** A package that is there, in JavaScript only. */
export const untypedModule: Rule = ({ token }) => {
  if (!ts.isStringLiteral(token) || /^[./]/.test(token.text)) return undefined
  const name = packageOf(token.text.replace(/^npm:/, ''))
  const types = `@types/${name.replace(/^@/, '').replace('/', '__')}`
  return `The package has no types: \`npm install ${types}\` where they exist; without, \`const … = require("${token.text}")\` takes it as it is.`
}

/** `express()` after `import * as express from "express"`, as older TypeScript has it. */
export const calledNamespace: Rule = ({ namespace, token }) => {
  if (!namespace || !ts.isIdentifier(token)) return undefined
  const name = token.text.replaceAll('$', '\\$')
  const [, from = '"…"'] =
    new RegExp(`import\\s*\\*\\s*as\\s+${name}\\s+from\\s*("[^"]+"|'[^']+')`).exec(token.getSourceFile().text) ?? []
  return `\`* as\` gives an object of what the module exports, neither a function nor a class: write \`import ${token.text} from ${from}\`.`
}

/** The name that `net.createServer().on(…)` begins with. */
function rootOf(called: ts.Expression): ts.Identifier | undefined {
  while (ts.isPropertyAccessExpression(called) || ts.isCallExpression(called)) called = called.expression
  return ts.isIdentifier(called) ? called : undefined
}

/** What a name of this cell was made by: `net.createServer()` of `const server = net.createServer()`. */
function madeBy(file: ts.Node, name: string): ts.Expression | undefined {
  const search = (node: ts.Node): ts.Expression | undefined =>
    ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name
      ? node.initializer && (ts.isNewExpression(node.initializer) ? node.initializer.expression : node.initializer)
      : ts.forEachChild(node, search)
  return search(file)
}

/** `require("…")`, and what is asked of it or called at once. */
const REQUIRE = 'require\\((?<quote>[\'"])(?<from>[^\'"\\n]+)\\k<quote>\\)\\s*(?<next>\\(|\\.\\s*\\w+)?'

/** `name = require("…")`, `{ a, name } = require("…")`, or `require("…")` itself: the import that gives the same. */
function importFor(file: ts.SourceFile, name: string): string | undefined {
  const escaped = name.replaceAll('$', '\\$')
  const given = `(?:(?<bound>\\b${escaped}|\\{[^{}]*\\b${escaped}\\b[^{}]*\\})\\s*=\\s*)`
  const found = new RegExp(`${name === 'require' ? '' : given}${REQUIRE}`).exec(file.text)
  if (!found?.groups) return undefined
  const { bound = '', from = '', next } = found.groups
  const isOfNode = isBuiltin(from)
  const module = isOfNode && !from.startsWith('node:') ? `node:${from}` : from
  if (next?.startsWith('.')) return `import { ${next.slice(1).trim()} } from "${module}"`
  if (bound.startsWith('{')) return `import ${bound.replaceAll(/\s*:\s*/g, ' as ')} from "${module}"`
  // What is called or made is the module itself, its default; so are most packages that are written for require.
  if (next === '(' || bound === '') {
    const whole = packageOf(from)
      .replace(/^.*\//, '')
      .replaceAll(/\W+(\w?)/g, (_, first: string) => first.toUpperCase())
    const own = whole === bound ? `${whole[0]?.toUpperCase()}${whole.slice(1)}` : whole
    return `import ${own} from "${module}"\`, and \`${own}(…)`
  }
  const isItself = new RegExp(`(?:\\bnew\\s+${escaped}\\s*[(;]|(?<![.\\w$])${escaped}\\s*\\()`).test(file.text)
  return `import ${isOfNode && !isItself ? '* as ' : ''}${bound} from "${module}"`
}

/**
 * `net.createServer((conn) => …)` below `const net = require("net")`, and `server.on("connection", (conn) => …)` of what
 * was made by it: the call has no types to give to its functions.
 */
export const requiredWithoutTypes: Rule = ({ token }) => {
  const file = token.getSourceFile()
  for (let at = token; at && !ts.isStatement(at); at = at.parent) {
    if (!ts.isCallExpression(at)) continue
    let root = rootOf(at.expression)
    let imported = root && importFor(file, root.text)
    for (let steps = 0; root && !imported && steps < 3; steps++) {
      const maker = madeBy(file, root.text)
      root = maker && rootOf(maker)
      imported = root && importFor(file, root.text)
    }
    if (imported) return `\`require\` gives no types, \`import\` does: \`${imported}\`.`
  }
  return undefined
}

/** JSX is calls of a package that must be there. */
export const reactForJsx: Rule = () =>
  'JSX becomes calls of React: `npm install react @types/react` in the notebook\'s folder, and `import React from "react"`.'
