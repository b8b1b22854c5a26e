/** A compiler for a file of tests, and a fresh notebook for each of them. */
import { test as base } from 'vitest'
import { AS_BUILT, type Client, emptyFolder, Notebook, startCompiler } from './client.ts'

interface Fixtures {
  compiler: Client
  /** With the declarations that learners meet, not their stand-ins. */
  built: Notebook
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
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which other fixtures are needed
  built: async ({}, use) => {
    const client = await startCompiler(AS_BUILT)
    await use(new Notebook(client, emptyFolder()))
    await client.stop()
  },
  notebook: async ({ compiler }, use) => use(new Notebook(compiler, emptyFolder())),
})
