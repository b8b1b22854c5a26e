/**
 * Loads our bundles as `require` does, with the code that V8 made of them in an earlier process: half of their loading.
 * Not by Node's own compile cache: that one is for one user only, and a sandbox runs as another.
 * Knows nothing of what is in a bundle.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { constants, Script } from 'node:vm'
import { findMade, folderForMade } from './made-files.mjs'

/** What kernels switch off once they run cells (kernel/executor/reachable-loops.ts). V8 keeps code apart by flags. */
export const UNROLLING = 'turboshaft-loop-unrolling'

/** What was loaded without and is to have it, by its file. */
const withoutCode = new Map<string, { script: Script; text: Buffer }>()

/** For this Node: V8 itself refuses what was made by another version, or under other flags. */
const codeName = (file: string): string =>
  `${basename(file, '.cjs')}-${process.version}-${process.platform}-${process.arch}.code`

/** The code stands behind the text that it was made of: V8 compares no more than lengths. */
function codeOf(file: string, text: Buffer): Buffer | undefined {
  const made = findMade(file, codeName(file))
  if (!made) return undefined
  try {
    const saved = readFileSync(made)
    return saved.subarray(0, text.length).equals(text) ? saved.subarray(text.length) : undefined
  } catch {
    return undefined
  }
}

type Wrapper = (exports: object, require: NodeJS.Require, module: NodeModule, file: string, folder: string) => void
type NodeModule = InstanceType<typeof Module>
/** What Node's loader looks modules up in; @types/node leaves it out. */
const loaded = (Module as unknown as { _cache: Record<string, NodeModule> })._cache

/**
 * Loads a CommonJS bundle; from then on `require` and `import` of the file find it.
 *
 * @param file absolute
 * @returns whether V8 took the code that was there for it
 */
export function loadWithCode(file: string): boolean {
  const text = readFileSync(file)
  const cachedData = codeOf(file, text)
  const script = new Script(Module.wrap(text.toString()), {
    filename: file,
    ...(cachedData && { cachedData }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const had = script.cachedDataRejected === false
  if (!had && process.env.SOCKETLAB_SNAPSHOT !== 'off') withoutCode.set(file, { script, text })
  const module = new Module(file)
  module.filename = file
  loaded[file] = module
  const run = script.runInThisContext() as Wrapper
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file))
  module.loaded = true
  return had
}

/** Later V8 has dropped what has not run for long, and with it what the next start needs. */
const YOUNG_SECONDS = 600

/** For the next start, at the end: with every function that was needed until now. Does nothing where all had theirs. */
export function saveCode(): void {
  if (withoutCode.size === 0 || process.uptime() > YOUNG_SECONDS) return
  try {
    const { setFlagsFromString } = process.getBuiltinModule('node:v8')
    // The flags of a start.
    setFlagsFromString(`--${UNROLLING}`)
    for (const [file, { script, text }] of withoutCode)
      save(join(folderForMade(file), codeName(file)), Buffer.concat([text, script.createCachedData()]))
    setFlagsFromString(`--no-${UNROLLING}`)
  } catch {
    // A cell has broken what this needs, and the process is to end all the same.
  }
  withoutCode.clear()
}

function save(file: string, content: Buffer): void {
  const scratch = `${file}.${process.pid}`
  try {
    writeFileSync(scratch, content)
    renameSync(scratch, file)
  } catch {
    // Somebody else's folder, or no room: the next start takes as long as this one.
    rmSync(scratch, { force: true })
  }
}
