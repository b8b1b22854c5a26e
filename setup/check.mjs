#!/usr/bin/env node
/**
 * `npm run check`: what to run before every commit, in under two minutes. Format and lint, types, and the tests that
 * need neither minutes nor a browser.
 */
import { main } from './parts/failure.mjs'
import { runOnKernelNode } from './parts/node.mjs'
import { inRoot } from './parts/root.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  await setUp({ forTests: true })
  const steps = [
    ['format and lint', inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings'],
    ['types', inRoot('node_modules', 'typescript', 'lib', 'tsc.js'), '--noEmit', '-p', inRoot()],
    ['fast tests', inRoot('setup', 'test.mjs'), '--fast', ...process.argv.slice(2)],
  ]
  const failed = []
  for (const [title, script, ...args] of steps) {
    console.log(`\n— ${title}`)
    const started = performance.now()
    const code = await runOnKernelNode(script, args, { cwd: inRoot() })
    console.log(`— ${title}: ${code === 0 ? 'good' : 'failed'}, ${((performance.now() - started) / 1000).toFixed(1)} s`)
    if (code !== 0) failed.push(title)
  }
  console.log(failed.length === 0 ? '\ncheck: all good' : `\ncheck: ${failed.join(', ')} failed`)
  return failed.length === 0 ? 0 : 1
})
