/** What is said of imports from our own package: its modules are what it exports, and the names stand in them. */
import ts from 'typescript'
import type { Rule } from './hints-places.ts'
import { PYTHON_NAMES } from './python-words.ts'

const PACKAGE = 'socketlab'

/** Which module has what names of this form; all others are the sockets'. */
const OF_MODULES: [RegExp, string][] = [
  [
    /^(?:Thread|Event|R?Lock|Condition|(?:Bounded)?Semaphore|Barrier|Timer|Local|currentThread|WorkerThread)$/,
    'threading',
  ],
  [/^(?:(?:Lifo|Priority|Simple)?Queue|Empty|Full|ShutDown)$/, 'queue'],
  [/^(?:EPOLL|POLL)[A-Z]|^e?poll$/, 'select'],
  [/Selector(?:Key)?$|^EVENT_/, 'selectors'],
  [/^(?:Threading.*|.*(?:Server|RequestHandler|MixIn))$/, 'socketserver'],
  [/^(?:un)?pack(?:Into|From)?$|^(?:iterUnpack|calcsize|Struct)$/, 'struct'],
]

const moduleOf = (name: string) => OF_MODULES.find(([form]) => form.test(name))?.[1] ?? 'socket'

/** What brings the module `socket`: in cells it is there, unless an import of this cell has taken the name. */
const imported = (module: string) => `\`import { ${module} } from "${PACKAGE}"\``

/** The import that gives a name all that the package exports: `import * as name`, `import name`. */
function packageImport(file: ts.SourceFile, name: string): ts.ImportDeclaration | undefined {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const { importClause, moduleSpecifier } = statement
    if (moduleSpecifier.text !== PACKAGE || !importClause) continue
    const { namedBindings } = importClause
    const all = namedBindings && ts.isNamespaceImport(namedBindings) ? namedBindings.name : importClause.name
    if (all?.text === name) return statement
  }
  return undefined
}

/** `import * as socket from "socketlab"`, then `socket.socket()` or `socket.AF_INET`. */
export const wholePackage: Rule = ({ token }) => {
  const { parent } = token
  if (!ts.isPropertyAccessExpression(parent) || !ts.isIdentifier(parent.expression)) return undefined
  const all = parent.expression.text
  if (!packageImport(token.getSourceFile(), all)) return undefined
  const module = moduleOf(parent.name.text)
  return `This \`${all}\` is the whole package, of which the module \`${module}\` is a part: write ${imported(module)}.`
}

/** `import { AF_INET } from "socketlab"` */
export const memberOfModule: Rule = ({ message, token }) => {
  const [, quoted] = /^(?:Module )?'"([^"]+)"' has no exported member/.exec(message) ?? []
  const specifier = ts.findAncestor(token, ts.isImportSpecifier)
  if (quoted !== PACKAGE || !specifier) return undefined
  const { text: name } = specifier.propertyName ?? specifier.name
  if (Object.hasOwn(PYTHON_NAMES, name)) return `\`${name}\` is Python's. Here: ${PYTHON_NAMES[name]}.`
  const module = moduleOf(name)
  return `The package exports modules, and names stand in them: ${imported(module)}, then \`${module}.${name}\`.`
}

/** `import { connect } from "socketlab/socket"` */
export const partOfPackage: Rule = ({ token }) => {
  if (!ts.isStringLiteral(token) || !token.text.startsWith(`${PACKAGE}/`)) return undefined
  const module = token.text.slice(PACKAGE.length + 1)
  return `The modules are what the package exports: ${imported(/^\w+$/.test(module) ? module : 'socket')}.`
}
