/**
 * The compiler's start-up snapshot: how it is named, made and used. A first checked cell comes after 0.2 s with it, and
 * after 0.7 s from the bundle. Plain JavaScript, because set-up runs it. Knows nothing of what is in it.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findMade, fingerprint, folderForMade } from './made-files.mjs'

const FLAGS = ['--max-semi-space-size=8', '--initial-heap-size=128']
/** Hashes of strings stay those of the blob: nobody but the kernel talks to the compiler. 35 ms less of its start. */
const FROM_SNAPSHOT = [...FLAGS, '--no-rehash-snapshot']

/**
 * `tsc` takes a sum of 5,000 parts; with V8's megabyte of stack the compiler, which walks the tree for more than types,
 * took 1,500. Not without a snapshot: by its flags V8 would not know the code that Node brings of its own modules.
 */
const DEEP = '--stack-size=3900'

/**
 * More stack, where the system gives the main thread twice as much: only what is used of it takes memory.
 *
 * @returns {string[]}
 */
export function deepStack() {
  try {
    const bytes = /^Max stack size +(\w+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1]
    return bytes === 'unlimited' || Number(bytes) >= 8_000_000 ? [DEEP] : []
  } catch {
    // Another system than Linux.
    return []
  }
}

/**
 * The compiler's surroundings. A third of its start were page faults, 4 KiB at a time, for the blob that is read into
 * glibc's memory: large pages for that (madvise; another libc takes no notice).
 *
 * @param {NodeJS.ProcessEnv} env the kernel's own
 */
export const compilerEnvironment = (env) => ({
  ...env,
  NODE_NO_WARNINGS: '1',
  // It is the kernel's, and may be gone.
  SOCKETLAB_COMPILER_SOCKET: undefined,
  GLIBC_TUNABLES: [env.GLIBC_TUNABLES, 'glibc.malloc.hugetlb=1'].filter(Boolean).join(':'),
})

/** All that a snapshot depends on: this node, the bundle, and the declarations that it has read. */
function stateOf(bundle) {
  let state = `${process.version} ${process.platform} ${process.arch} ${process.execPath} ${bundle}`
  const stamp = (path) => {
    const { size, mtimeMs } = statSync(path)
    state += `${path} ${size} ${mtimeMs}\n`
  }
  stamp(bundle)
  const types = join(dirname(bundle), '../types')
  const known = statedTypes(bundle)
  if (known) state += known
  else if (existsSync(types))
    for (const entry of readdirSync(types, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) stamp(join(entry.parentPath, entry.name))
  return fingerprint(state)
}

/** What the build has said of the declarations: asking 150 files for their times takes 4 ms. */
function statedTypes(bundle) {
  try {
    return readFileSync(join(dirname(bundle), 'types.id'), 'utf8')
  } catch {
    return undefined
  }
}

/**
 * The snapshot's name, of this bundle for this node.
 *
 * @param {string} bundle dist/kernel/compiler.cjs
 */
export const snapshotName = (bundle) =>
  `compiler-${process.version}-${process.platform}-${process.arch}-${stateOf(bundle)}.blob`

/**
 * Program and arguments that start the compiler process: from its snapshot where that fits, else from the bundle.
 *
 * @param {string} bundle dist/kernel/compiler.cjs
 * @returns {{ command: string[], fromSnapshot: boolean }}
 */
export function compilerCommand(bundle) {
  // The plain converter and foreign declarations are for tests: a snapshot holds neither.
  const special = process.env.SOCKETLAB_COMPILER === 'plain' || process.env.SOCKETLAB_TYPES
  const blob = special ? undefined : findMade(bundle, snapshotName(bundle))
  if (blob)
    return {
      command: [process.execPath, ...FROM_SNAPSHOT, ...deepStack(), '--snapshot-blob', blob],
      fromSnapshot: true,
    }
  return { command: fromBundle(bundle), fromSnapshot: false }
}

/** Program and arguments that always work. */
export const fromBundle = (bundle) => [process.execPath, ...FLAGS, bundle]

/**
 * Makes the snapshot unless it is there; older ones go. Takes 3 s and 38 MB of disk.
 *
 * @param {string} bundle dist/kernel/compiler.cjs
 * @returns {Promise<string>} its path
 */
export async function buildSnapshot(bundle) {
  const name = snapshotName(bundle)
  const made = findMade(bundle, name)
  if (made) return made
  const folder = folderForMade(bundle)
  const blob = join(folder, name)
  // Written aside and renamed: a kernel that starts meanwhile sees a whole one or none. One builder is enough.
  const scratch = `${blob}.new`
  if (isBeingMade(scratch)) return blob
  writeFileSync(scratch, '')
  try {
    await run(['--snapshot-blob', scratch, '--build-snapshot', bundle])
    for (const name of readdirSync(folder).filter((name) => /^compiler-.*\.blob(\.new)?$/.test(name))) {
      const old = join(folder, name)
      if (name.endsWith('.blob') || !isBeingMade(old)) rmSync(old, { force: true })
    }
    renameSync(scratch, blob)
  } finally {
    rmSync(scratch, { force: true })
  }
  return blob
}

/** Somebody began it, not long ago: an older one was left by a builder that was ended. */
const isBeingMade = (scratch) => {
  const found = statSync(scratch, { throwIfNoEntry: false })
  return found !== undefined && Date.now() - found.mtimeMs < 60_000
}

async function run(args) {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_NO_WARNINGS: '1', SOCKETLAB_COMPILER: '', SOCKETLAB_TYPES: '' }
    execFile(process.execPath, args, { env, timeout: 60_000 }, (error, _stdout, stderr) =>
      error
        ? reject(new Error(`the compiler's snapshot could not be made: ${stderr.trim() || error.message}`))
        : resolve(undefined),
    )
  })
}
