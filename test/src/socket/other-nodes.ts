/**
 * The other Nodes that the library promises to run on: each as an npm package that holds its binary, brought into
 * node_modules/.cache when a test first asks. Knows nothing of what is run on them.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../runner/paths.ts'
import { plainEnv, run } from '../../setup/run.ts'

/** Pinned, so that a run tomorrow is a run of today. */
export const otherNodes = ['22.23.3', '26.6.0']

/** The path of its binary, or the reason why it cannot be had. */
export async function bringNode(version: string): Promise<{ node: string } | { reason: string }> {
  const folder = join(root, 'node_modules', '.cache', 'nodes', version)
  const node = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  if (existsSync(node)) {
    const { code } = await run(node, ['--version'])
    if (code === 0) return { node }
    rmSync(folder, { recursive: true })
  }
  mkdirSync(folder, { recursive: true })
  // A package of its own: npm must not look further up, where ours is.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--fetch-retries=1']
  const wanted = `node-linux-${process.arch}@${version}`
  const { code, output } = await run('npm', ['install', ...quiet, wanted], {
    cwd: folder,
    env: plainEnv(),
    timeoutMs: 180_000,
  })
  if (code === 0 && existsSync(node)) return { node }
  const why = output.split('\n').find((line) => /error/i.test(line)) ?? `npm ended with ${code}`
  return { reason: `Node ${version} could not be had from the package registry: ${why.trim()}` }
}
