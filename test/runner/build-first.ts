/**
 * Before the first test: dist/ is made from the sources as they are, because kernels are real processes that run it.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './paths.ts'

export default function buildFirst(): void {
  execFileSync(process.execPath, [join(root, 'setup', 'build.mjs')], { stdio: 'inherit' })
}
