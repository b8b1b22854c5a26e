/**
 * A third of @types/node are modules that no other module mentions (inspector, http2, test, zlib, sqlite …). They are
 * left out of the first program and come with the first cell that imports one: 26 ms less of a start.
 * Only `process.getBuiltinModule` names them all, as `typeof import("…")`: a cell that says it loads all.
 */
import { posix } from 'node:path'

/** What most notebooks of ours touch: kept in the first program though nothing else mentions it. */
const COMMON =
  'net dgram dns fs http events stream util path os url readline child_process crypto worker_threads assert string_decoder tls https timers timers/promises fs/promises'.split(
    ' ',
  )

interface Facts {
  modules: string[]
  uses: Set<string>
  always: boolean
}

/** The index without the rare files, and by module the files to load when it is imported. */
export function splitNodeTypes(
  indexPath: string,
  read: (path: string) => string | undefined,
): { text: string; filesOf: Map<string, string[]> } {
  const folder = posix.dirname(indexPath)
  const index = read(indexPath) ?? ''
  const names = [...index.matchAll(/<reference path="([^"]+)"/g)].map((match) => match[1] as string)
  const facts = new Map<string, Facts>()
  const ownersOf = new Map<string, string[]>()
  for (const name of names) {
    let text = (read(`${folder}/${name}`) ?? '').replace(/\/\*[\s\S]*?\*\//g, '')
    if (name === 'process.d.ts') text = text.replace(/typeof import\("[^"]+"\)/g, '')
    const modules = [...text.matchAll(/declare module "(?:node:)?([^"]+)"/g)].map((match) => match[1] as string)
    const uses = new Set(
      [...text.matchAll(/(?:from|import\(|require\(|import) ?"(?:node:)?([^"]+)"/g)].map((match) => match[1] as string),
    )
    const always =
      modules.length === 0 || /\bglobal\s*\{|^(?:declare (?:var|function|namespace|class)|interface)\b/m.test(text)
    facts.set(name, { modules, uses, always })
    for (const module of modules) ownersOf.set(module, [...(ownersOf.get(module) ?? []), name])
  }
  const later = new Set(names.filter((name) => !facts.get(name)?.always))
  const keep = (module: string) => {
    for (const name of ownersOf.get(module) ?? []) later.delete(name)
  }
  COMMON.forEach(keep)
  for (let before = -1; before !== later.size; ) {
    before = later.size
    for (const name of names) if (!later.has(name)) facts.get(name)?.uses.forEach(keep)
  }
  const filesOf = new Map<string, string[]>()
  for (const [module, owners] of ownersOf) {
    const files = owners.filter((name) => later.has(name)).map((name) => `${folder}/${name}`)
    if (files.length > 0) filesOf.set(module, files)
  }
  const text = index.replace(/^.*<reference path="([^"]+)".*$/gm, (line, name: string) => (later.has(name) ? '' : line))
  return { text, filesOf }
}
