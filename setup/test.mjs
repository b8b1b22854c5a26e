#!/usr/bin/env node
/**
 * `npm test`: set-up with the tests' own tools, then every test; `npm test -- socket` runs one folder. Plain JavaScript
 * for Node 20: vitest itself runs on the Node that set-up brought.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { main } from './parts/failure.mjs'
import { runOnKernelNode } from './parts/node.mjs'
import { inRoot } from './parts/root.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  const { full, fast, words } = options(process.argv.slice(2))
  let code = 1
  try {
    await setUp({ forTests: true })
    const env = { ...process.env, ...(full && { SOCKETLAB_FULL: '1' }), ...(fast && { SOCKETLAB_FAST: '1' }) }
    const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs')
    code = await runOnKernelNode(vitest, ['run', ...words.map(folderOf)], { cwd: inRoot(), env })
  } catch (error) {
    // Whoever reads only the last line must not take a set-up that failed for tests that passed.
    process.once('exit', () => console.log('0 passed, 1 failed'))
    throw error
  }
  return code
})

function options(args) {
  return {
    full: args.includes('--full'),
    fast: args.includes('--fast'),
    words: args.filter((argument) => argument !== '--full' && argument !== '--fast'),
  }
}

/** `socket` is test/src/socket; anything else is left to vitest, which looks for it in the files' names. */
function folderOf(word) {
  const folders = ['test/src', 'test/kernel', 'test'].map((parent) => join(parent, word))
  return folders.find((folder) => existsSync(inRoot(folder))) ?? word
}
