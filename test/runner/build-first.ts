/**
 * Before the first test: dist/ is made from the sources as they are, because kernels are real processes that run it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './paths.ts'

export default function buildFirst(): () => void {
  execFileSync(process.execPath, [join(root, 'setup', 'build.mjs')], { stdio: 'inherit' })
  // Kernels keep what they compile: not for the runs after this one, nor among what this user's own have kept.
  const cells = mkdtempSync(join(tmpdir(), 'socketlab-cells-'))
  process.env.SOCKETLAB_COMPILED_CELLS = cells
  return () => rmSync(cells, { recursive: true, force: true })
}
