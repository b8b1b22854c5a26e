/** Can files be written where the kernel writes: its sockets among the temporary files, its history among the data? */
import { accessSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { userDataFolder } from '../kernelspec/locations.ts'
import { type Check, good, warning, wrong } from './check.ts'

/** The longest path of a UNIX socket is 107 bytes, of which ours needs these after the folder: /socketlab-XXXXXX/k-5 */
const longestTemp = 107 - '/socketlab-XXXXXX/k-5'.length

export const temporaryCheck: Check = {
  id: 'temporary',
  title: 'temp folder',
  run() {
    const folder = tmpdir()
    const advice = 'name another: TMPDIR=/path (it must exist, be yours to write to, and have a short name)'
    if (Buffer.byteLength(folder) > longestTemp)
      return wrong(`${folder} is too long a name for the sockets of a kernel (at most ${longestTemp} bytes)`, advice)
    try {
      const own = mkdtempSync(join(folder, 'socketlab-'))
      try {
        writeFileSync(join(own, 'doctor'), Buffer.alloc(65536))
      } finally {
        rmSync(own, { recursive: true })
      }
      return good(`${folder} can be written to`)
    } catch (error) {
      return wrong(`${folder} cannot be written to: ${(error as Error).message}`, advice)
    }
  },
}

export const dataCheck: Check = {
  id: 'data',
  title: 'data folder',
  run({ env }) {
    const folder = userDataFolder(env)
    let there = folder
    while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
    try {
      accessSync(there, constants.W_OK | constants.X_OK)
      return good(`${folder} ${there === folder ? 'can be written to' : 'can be made'}`)
    } catch {
      return warning(
        `${folder} cannot be written to: history is not kept, and "socketlab install" needs --prefix`,
        'name another: JUPYTER_DATA_DIR=/path',
      )
    }
  },
}
