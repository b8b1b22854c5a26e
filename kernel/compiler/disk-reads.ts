/**
 * What the compiler has looked at on the disk, for whoever keeps its answers (bridge/remembered-cells.ts): they hold as
 * long as that lies there so. Its own libraries are left out: another build of them has other answers anyway.
 */
import { dirname } from 'node:path'
import { startupSnapshot } from 'node:v8'
import ts from 'typescript'
import { type DiskRead, kindOf, stateOf } from '../bridge/disk-stamps.ts'
import { libraryFolder, ownTypeRoot, socketlabTypes } from './places.ts'

/** Of the `@types` folder only Node's: installed beside a notebook's packages, we share it with theirs. */
const OWN = [libraryFolder, `${ownTypeRoot}/node`, dirname(socketlabTypes)].map((folder) => `${folder}/`)

/** By path, since the last answer. */
let reads = new Map<string, string>()
/** A local file was compiled: it may change between any two cells, and is looked at before each. */
let local = false

const isForeign = (path: string): boolean =>
  path.startsWith('/') && !startupSnapshot.isBuildingSnapshot() && !OWN.some((folder) => path.startsWith(folder))

/** Calls `look`, of whose outcome no cell's compilation depends. */
export function unnoted<T>(look: () => T): T {
  const before = new Map(reads)
  try {
    return look()
  } finally {
    reads = before
  }
}

/** Whether something lies there, and what. */
export function noteLook(path: string): void {
  if (isForeign(path) && !reads.has(path)) reads.set(path, kindOf(path))
}

/** What a file holds, or what lies in a folder. */
export function noteRead(path: string): void {
  if (isForeign(path)) reads.set(path, stateOf(path))
}

export function noteLocalFile(): void {
  local = true
}

/** What was looked at since this was last asked; undefined: no answer is to be kept from now on. */
export function takeDiskReads(): DiskRead[] | undefined {
  const taken = [...reads]
  reads = new Map()
  return local ? undefined : taken
}

/** Notes what goes through TypeScript's own eyes. */
function watchEyes(sys: ts.System): void {
  const { fileExists, directoryExists, readFile, realpath } = sys
  sys.fileExists = (path) => {
    noteLook(path)
    return fileExists(path)
  }
  sys.directoryExists = (path) => {
    noteLook(path)
    return directoryExists(path)
  }
  sys.readFile = (path, encoding) => {
    noteRead(path)
    return readFile(path, encoding)
  }
  if (!realpath) return
  sys.realpath = (path) => {
    const real = realpath(path)
    // A link, as `npm link` makes: what it leads to is read under that name, and it may lead elsewhere tomorrow.
    if (real !== path) noteRead(path)
    return real
  }
}

watchEyes(ts.sys)
