/**
 * Type declarations of the library, by TypeScript's own compiler in a process of its own (a second core, while
 * esbuild has the first). Mistakes in types do not stop the build: `npm run check` is there to list them.
 */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { filesIn } from './files.mjs'

/**
 * @param {string} root
 * @param {string} scratch an own folder to write to; it is gone afterwards
 * @returns {Promise<{ files: Map<string, string>, mistakes: string[] }>} paths relative to dist/types
 */
export async function declarations(root, scratch) {
  rmSync(scratch, { recursive: true, force: true })
  try {
    const printed = await tsc(root, ['-p', join(root, 'setup', 'tsconfig.types.json'), '--outDir', scratch])
    const files = new Map(filesIn(scratch).map((path) => [relative(scratch, path), readFileSync(path, 'utf8')]))
    return { files, mistakes: printed.split('\n').filter((line) => line.includes('error TS')) }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function tsc(root, args) {
  const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, '--pretty', 'false', ...args], { cwd: root })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece) => {
        text += piece
      })
    }
    child.on('error', reject)
    // tsc ends with 2 when there were mistakes but declarations were written all the same.
    child.on('close', (code) =>
      code === 0 || code === 2 ? resolve(text) : reject(new Error(`tsc ended with ${code}:\n${text}`)),
    )
  })
}
