/**
 * The command line as a person uses it, in a folder of its own, and notebooks to run there.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../runner/paths.ts'

export interface Ended {
  code: number
  stdout: string
  stderr: string
}

export interface Scratch {
  folder: string
  /** Runs `socketlab` there, with changes to the environment. */
  socketlab(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>
  /** Writes a notebook; gives its name back. */
  write(name: string, cells: readonly object[], minor?: number): string
  // biome-ignore lint/suspicious/noExplicitAny: a notebook as the test expects it; each expectation names the shape
  read(name: string): any
  remove(): void
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab cli '))
  return {
    folder,
    socketlab: (args, env = {}) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env: { ...process.env, ...env } }
        execFile(process.execPath, [join(root, 'setup', 'socketlab.mjs'), ...args], options, (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 128, stdout, stderr }),
        )
      }),
    write(name, cells, minor = 5) {
      const metadata = { kernelspec: { name: 'socketlab', display_name: 'x', language: 'typescript' } }
      writeFileSync(join(folder, name), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: minor }))
      return name
    },
    read: (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

let serial = 0

/** A code cell of a notebook. */
export const code = (source: string, ...tags: string[]) => ({
  id: `c${++serial}`,
  cell_type: 'code',
  metadata: tags.length > 0 ? { tags } : {},
  source,
  outputs: [],
  execution_count: null,
})
