/** A compiler for a file of tests, and a fresh notebook for each of them. */
import { test as base } from 'vitest'
import { type Client, emptyFolder, Notebook, startCompiler } from './client.ts'

interface Fixtures {
  compiler: Client
  notebook: Notebook
}

export const test = base.extend<Fixtures>({
  compiler: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which other fixtures are needed
    async ({}, use) => {
      const client = await startCompiler()
      await use(client)
      await client.stop()
    },
    { scope: 'file' },
  ],
  notebook: async ({ compiler }, use) => use(new Notebook(compiler, emptyFolder())),
})
