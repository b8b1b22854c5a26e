#!/usr/bin/env node
/**
 * The `socketlab` command: plain JavaScript that hands over to Node 24, where there is one, and to dist/cli.mjs.
 */
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { main, SetupFailure } from './parts/failure.mjs'
import { findNode } from './parts/node.mjs'
import { inRoot } from './parts/root.mjs'
import { runInOurPlace } from './parts/run.mjs'

const cli = inRoot('dist', 'cli.mjs')

await main(async () => {
  if (!existsSync(cli)) throw new SetupFailure('this checkout is not built yet.', { advice: 'Run:  npm run setup' })
  const node = await findNode()
  if (node && node !== process.execPath) {
    return runInOurPlace(node, [cli, ...process.argv.slice(2)]).catch((error) => {
      throw new SetupFailure(`${node} cannot be started: ${error.message}`)
    })
  }
  // Without a newer Node the command line still explains itself; what needs a kernel says that Node 24 is missing.
  await import(pathToFileURL(cli).href)
  return process.exitCode
})
