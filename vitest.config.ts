/**
 * How tests run. `npm test` comes here through setup/test.mjs; `npx vitest run test/src/socket` works too.
 */
import { defineConfig } from 'vitest/config'

/** Folders that need minutes, a browser or the network: not part of `npm run check`. */
const slow = [
  'test/setup/**',
  'test/end-to-end/**',
  'test/conformance/**',
  'test/notebooks/**',
  'test/src/cli/run.test.ts',
  'test/kernel/compiler/living-against-plain.test.ts',
  'test/kernel/compiler/memory-against-compiler.test.ts',
  'test/kernel/compiler/snapshot.test.ts',
]

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: process.env.SOCKETLAB_FAST ? slow : [],
    globalSetup: ['test/runner/build-first.ts'],
    reporters: ['default', './test/runner/reporter.ts'],
    environment: 'node',
    // The kernels that tests start have better things to do.
    env: { SOCKETLAB_PRACTICE: 'off' },
    // Sockets, native addons and kernels: a process a file, as in real use, and none of them outlives it.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    // A run of no tests is a mistake in its words.
    passWithNoTests: false,
  },
})
