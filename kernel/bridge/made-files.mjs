/**
 * Where the files lie that make a start quicker: beside the bundle, for everybody; where this user may not write there (a
 * package that root has installed), in a folder of their own. Plain JavaScript, because set-up runs it.
 * Knows nothing of what they are.
 */
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/** What no kernel has written to for so long is of a package that is gone, or is made again. */
const KEPT_DAYS = 60

/** 64 bits of FNV-1a: it keeps names apart, and node:crypto would be milliseconds of every start. */
export function fingerprint(text) {
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}

/**
 * A folder with all above it. Node's own `recursive` goes round for ever where the system says that there is no such file,
 * as below /proc; and of a read-only disk it says that something does not exist. Throws as mkdir(2) does; one that is
 * there already is no error.
 */
export function makeFolder(path, mode) {
  if (isFolder(path)) return
  const above = dirname(path)
  if (!existsSync(above)) makeFolder(above, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Somebody else was first.
    if (!isFolder(path)) throw error
  }
}

const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Not one that begins at the notebook's folder: what lies there came with the notebook, and would be run. */
export function cacheFolder(env) {
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME
  const home = process.getBuiltinModule('node:os').homedir()
  if (!isAbsolute(home)) throw new Error('there is no home folder')
  return join(home, '.cache')
}

/** What lies in it is run: nobody else may have put it there. */
export function mustBeOurs(folder) {
  const { uid, mode } = lstatSync(folder)
  if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0))
    throw new Error(`others may write to ${folder}`)
}

const ownFolders = () => join(cacheFolder(process.env), 'socketlab', 'starts')
const ownFolder = (bundle) => join(ownFolders(), fingerprint(dirname(bundle)))

/**
 * The file of this name that was made for the bundle.
 *
 * @param {string} bundle absolute
 * @param {string} name
 * @returns {string | undefined} its path
 */
export function findMade(bundle, name) {
  const beside = join(dirname(bundle), name)
  if (existsSync(beside)) return beside
  try {
    const own = join(ownFolder(bundle), name)
    if (!existsSync(own)) return undefined
    mustBeOurs(dirname(own))
    return own
  } catch {
    return undefined
  }
}

/**
 * Where files for the bundle are to be written; the folder is there. Throws where this user has no place for them.
 *
 * @param {string} bundle absolute
 * @returns {string}
 */
export function folderForMade(bundle) {
  const beside = dirname(bundle)
  try {
    accessSync(beside, constants.W_OK)
    return beside
  } catch {
    const own = ownFolder(bundle)
    if (!existsSync(own)) removeOld()
    makeFolder(own, 0o700)
    mustBeOurs(own)
    return own
  }
}

function removeOld() {
  const all = ownFolders()
  if (!existsSync(all)) return
  for (const name of readdirSync(all)) {
    const folder = join(all, name)
    const days = (Date.now() - lstatSync(folder).mtimeMs) / 86_400_000
    if (days > KEPT_DAYS) rmSync(folder, { recursive: true, force: true })
  }
}
