#!/usr/bin/env node
/**
 * `npm run bench -- WHAT [options]`: builds, then runs bench/WHAT/index.ts on the kernels' Node. Plain JavaScript for
 * Node 20. Knows nothing of what is measured.
 */
import { existsSync } from 'node:fs'
import { build } from '../setup/build.mjs'
import { main } from '../setup/parts/failure.mjs'
import { kernelNode } from '../setup/parts/node.mjs'
import { inRoot } from '../setup/parts/root.mjs'
import { runInOurPlace } from '../setup/parts/run.mjs'

await main(async () => {
  const [what, ...options] = process.argv.slice(2)
  const script = inRoot('bench', String(what), 'index.ts')
  if (!what || !existsSync(script)) {
    console.error('usage: npm run bench -- kernel|sockets|grading [options; --help names them]')
    return 2
  }
  await build()
  // The kernel's client has parameter properties, which need more than stripping.
  const flags = ['--experimental-transform-types', '--no-warnings']
  return runInOurPlace(kernelNode(), [...flags, script, ...options], { cwd: inRoot() })
})
