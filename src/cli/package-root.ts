/**
 * Where this package lies: the same from the bundle in dist/ as from the sources, in a checkout and in node_modules.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Manifest {
  name: string
  version: string
}

function find(): { root: string; manifest: Manifest } {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const manifest = readManifest(join(folder, 'package.json'))
    if (manifest?.name === 'socketlab') return { root: folder, manifest }
    const parent = dirname(folder)
    if (parent === folder) throw new Error('this program lies outside of its package: install socketlab again')
    folder = parent
  }
}

function readManifest(path: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const found = find()

export const packageRoot: string = found.root
export const packageVersion: string = found.manifest.version
