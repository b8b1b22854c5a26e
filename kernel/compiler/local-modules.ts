/** Which local files a cell needs, directly and through others, and a watch on each of them. */
import { noteLocalFile } from './disk-reads.ts'
import { asBound, asFile, type BoundFile, type InternalProgram } from './internals.ts'

// tslab's converter takes files for sources by these endings only.
const KNOWN = /\.[jt]s$/
const DISGUISE = '#.ts'

/** What tslab's converter calls a local file: `m.mts` has an ending that it would take for something else. */
export const toConverter = (name: string): string => (KNOWN.test(name) ? name : name + DISGUISE)
export const fromConverter = (name: string): string =>
  name.endsWith(DISGUISE) ? name.slice(0, -DISGUISE.length) : name

export interface LocalModules {
  /** Names the local files that a file needs, itself first under `ownName`, and watches them. */
  of(file: BoundFile, ownName: string): string[]
  /** Those of packages are taken to stay as they are. */
  watch(name: string): void
}

/**
 * @param watchFile calls back when the file has changed
 * @param onChange what to do then
 */
export function localModulesOf(
  program: () => InternalProgram,
  watchFile: (name: string, changed: () => void) => void,
  onChange: (name: string) => void,
): LocalModules {
  const watched = new Set<string>()

  function watch(name: string): void {
    if (watched.has(name) || name.includes('/node_modules/')) return
    watched.add(name)
    noteLocalFile()
    watchFile(toConverter(name), () => onChange(name))
  }

  function of(file: BoundFile, ownName: string): string[] {
    const seen = new Set([ownName])
    const declared = new Set<string>()
    const visit = (from: BoundFile): void => {
      for (const specifier of from.imports ?? []) {
        const mode = program().getModeForUsageLocation(asFile(from), specifier)
        const name = program().getResolvedModule(from, specifier.text, mode)?.resolvedModule?.resolvedFileName
        const target = name && program().getSourceFile(name)
        if (!target || seen.has(target.fileName) || declared.has(target.fileName)) continue
        if (target.fileName.includes('/node_modules/')) continue
        watch(target.fileName)
        if (target.fileName.endsWith('.json')) continue
        // Declarations have no code for the converter.
        ;(target.isDeclarationFile ? declared : seen).add(target.fileName)
        visit(asBound(target))
      }
    }
    visit(file)
    return [...seen].map(toConverter)
  }

  return { of, watch }
}
