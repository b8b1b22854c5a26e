/**
 * Writes the reference, a page for each module, from the docstrings: `node docs/reference.ts [folder]` (default:
 * docs/reference, which git does not keep). Fails where a public name has no docstring. `publicNames()` is what it is made from, and what a test looks at.
 *
 * Knows TypeScript's compiler and nothing of what the modules do.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = dirname(import.meta.dirname)

/** One name that `import … from "socketlab"` gives, or a member of one. */
export interface PublicName {
  /** `socket` for what `socket.AF_INET` names; empty for names beside the modules. */
  module: string
  /** `Socket.recv`, `AF_INET`. */
  name: string
  kind: 'function' | 'class' | 'method' | 'property' | 'constant' | 'enum' | 'type'
  /** Its declarations, as a reader of the code would see them. */
  signatures: string[]
  /** What its docstring says. */
  text: string
  tags: { name: string; text: string }[]
  /** Where it stands: `src/socket/receiving.ts`. */
  file: string
}

/** All of them, in the order of the sources. */
export function publicNames(): PublicName[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const entry = join(root, 'src', 'index.ts')
  const program = ts.createProgram([entry], options)
  const checker = program.getTypeChecker()
  const exportsOf = (file: ts.SourceFile) => checker.getExportsOfModule(checker.getSymbolAtLocation(file)!)
  return exportsOf(program.getSourceFile(entry)!).flatMap((symbol) => {
    const target = resolved(checker, symbol)
    const file = target.valueDeclaration ?? target.declarations?.[0]
    if (!file || !ts.isSourceFile(file)) return describe(checker, '', symbol)
    return exportsOf(file).flatMap((inner) => describe(checker, symbol.name, inner))
  })
}

const resolved = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

function describe(checker: ts.TypeChecker, module: string, symbol: ts.Symbol): PublicName[] {
  const target = resolved(checker, symbol)
  const own = entryOf(checker, module, symbol.name, target)
  if (!own) return []
  if (own.kind !== 'class') return [own]
  const type = checker.getDeclaredTypeOfSymbol(target)
  const inherited = type.getProperties().filter(({ name }) => !/^(_|#)/.test(name))
  const members = inherited.flatMap((member) => {
    const described = isOurs(member) && isPublic(member) ? entryOf(checker, module, member.name, member) : undefined
    return described && !isInternal(described) ? [{ ...described, name: `${symbol.name}.${member.name}` }] : []
  })
  return [own, ...members]
}

const isInternal = ({ tags }: PublicName): boolean => tags.some(({ name }) => name === 'internal')

const declared = (symbol: ts.Symbol): ts.Declaration | undefined => symbol.valueDeclaration ?? symbol.declarations?.[0]

const isOurs = (symbol: ts.Symbol): boolean =>
  declared(symbol)?.getSourceFile().fileName.startsWith(join(root, 'src')) ?? false

const isPublic = (symbol: ts.Symbol): boolean => {
  const declaration = declared(symbol)
  const flags = declaration ? ts.getCombinedModifierFlags(declaration) : 0
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0
}

function entryOf(checker: ts.TypeChecker, module: string, name: string, symbol: ts.Symbol): PublicName | undefined {
  const declaration = declared(symbol)
  if (!declaration) return undefined
  return {
    module,
    name,
    kind: kindOf(symbol),
    signatures: signaturesOf(checker, name, symbol, declaration),
    text: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
    tags: symbol.getJsDocTags(checker).map((tag) => ({ name: tag.name, text: ts.displayPartsToString(tag.text) })),
    file: relative(root, declaration.getSourceFile().fileName),
  }
}

function kindOf({ flags }: ts.Symbol): PublicName['kind'] {
  if (flags & ts.SymbolFlags.Class) return 'class'
  if (flags & ts.SymbolFlags.Enum) return 'enum'
  if (flags & ts.SymbolFlags.Method) return 'method'
  if (flags & ts.SymbolFlags.Function) return 'function'
  if (flags & (ts.SymbolFlags.Accessor | ts.SymbolFlags.Property)) return 'property'
  if (flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) return 'type'
  return 'constant'
}

function signaturesOf(checker: ts.TypeChecker, name: string, symbol: ts.Symbol, at: ts.Declaration): string[] {
  if (
    symbol.flags &
    (ts.SymbolFlags.Class | ts.SymbolFlags.Enum | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)
  ) {
    return []
  }
  const type = checker.getTypeOfSymbolAtLocation(symbol, at)
  const calls = type.getCallSignatures()
  if (calls.length === 0) return [`${name}: ${checker.typeToString(type, at)}`]
  return calls.map((call) => {
    const text = `${name}${checker.signatureToString(call, at, ts.TypeFormatFlags.NoTruncation)}`
    // A line of thousands of characters helps nobody.
    return text.length > 400 ? `${text.slice(0, 400)}…` : text
  })
}

/** Where what has no `@see` of its own comes from: by the beginning of its name. */
const SOURCES: readonly [pattern: RegExp, source: string][] = [
  [/^(AF|PF)_/, 'address_families(7)'],
  [/^(SOCK|SOL|SO|SOMAXCONN|SCM)(_|$)/, 'socket(2), socket(7), the kernel’s headers'],
  [/^SHUT_/, 'shutdown(2)'],
  [/^MSG_/, 'send(2), recv(2)'],
  [/^(AI|EAI)_/, 'getaddrinfo(3)'],
  [/^NI_/, 'getnameinfo(3)'],
  [/^TCP_/, 'tcp(7)'],
  [/^(UDP|UDPLITE)_/, 'udp(7), udplite(7)'],
  [/^(IPPROTO|IPPORT|INADDR|IP)_/, 'ip(7), protocols(5), netinet/in.h'],
  [/^IPV6_/, 'ipv6(7), RFC 3542'],
  [
    /^(CAN|J1939|NETLINK|PACKET|ALG|VMADDR|VM_SOCKETS|TIPC|BT|BTPROTO|HCI|BDADDR|RDS|QIPCRTR|PF)_/,
    'the kernel’s headers',
  ],
  [/^(EPOLL|POLL)/, 'epoll_ctl(2), poll(2)'],
  [/^(Binary|Text|Raw)File/, 'Python’s module io'],
]

/** The manual page or document that defines a name. */
export function sourceOf({ module, name, file, tags }: PublicName): string {
  const own = tags.find((tag) => tag.name === 'see')?.text
  // TypeScript takes the page's name for a symbol's.
  if (own) return own.replace(/^(\w+) \(/, '$1(')
  const found = SOURCES.find(([pattern]) => pattern.test(name))
  if (found) return found[1]
  if (file.startsWith('src/errors')) return 'errno(3), Python’s built-in exceptions'
  return module === '' || module === 'lab' || module === 'embedding' ? file : `Python’s module ${module}`
}

/** One module's page. */
export function page(module: string, names: readonly PublicName[]): string {
  const constants = names.filter(({ kind, text }) => kind === 'constant' && text === '')
  const described = names.filter((one) => !constants.includes(one))
  const parts = described.map((one) => {
    const { name, kind, signatures, text, tags } = one
    const code = signatures.length > 0 ? ['```ts', ...signatures, '```', ''] : []
    const more = tags.filter((tag) => tag.name !== 'see').map(line)
    const heading = `${name.includes('.') ? '###' : '##'} ${name}`
    return [heading, kind, '', ...code, text, '', ...more, '', `Source: ${sourceOf(one)}`, ''].join('\n')
  })
  const list = [...Map.groupBy(constants, sourceOf)].map(
    ([source, some]) => `${some.map(({ name }) => `\`${name}\``).join(', ')}: ${source}\n`,
  )
  if (list.length > 0) list.unshift('## Constants\n')
  return `# ${module || 'Names beside the modules'}\n\n${parts.join('\n')}\n${list.join('\n')}`.replace(
    /\n{3,}/g,
    '\n\n',
  )
}

function line({ name, text }: { name: string; text: string }): string {
  if (name === 'example') return `\n\`\`\`ts\n${text.trim()}\n\`\`\``
  const [first = '', rest = ''] = text.trim().split(/\s+(.*)/s)
  if (name === 'param') return `- \`${first}\`: ${rest}`
  return name === 'throws' ? `- throws \`${first.replace(/[{}]/g, '')}\`: ${rest}` : `- ${name}: ${text}`
}

/**
 * The names that want a sentence and have none. Constants have their source instead; `toString` says nothing that its
 * class does not say.
 */
export const undocumented = (names: readonly PublicName[]): PublicName[] =>
  names.filter(({ kind, name, text }) => text === '' && kind !== 'constant' && !name.endsWith('.toString'))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? join(root, 'docs', 'reference')
  mkdirSync(folder, { recursive: true })
  const names = publicNames()
  const pages = Map.groupBy(names, ({ module }) => module)
  for (const [module, names] of pages) writeFileSync(join(folder, `${module || 'index'}.md`), page(module, names))
  console.log(`${pages.size} pages in ${relative(process.cwd(), folder)}`)
  for (const { module, name, file } of undocumented(names)) {
    console.error(`${file}: ${module}.${name} has no docstring`)
    process.exitCode = 1
  }
}
