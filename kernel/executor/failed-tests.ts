/**
 * Tests of node:test are told of below the cell that runs them. Why one has failed Node itself tells at the process's end
 * only, which a notebook does not reach. Older Node has no such channel: there nothing is told.
 */
import { subscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { cellContext } from './cell-context.ts'
import { toFailure } from './failure.ts'
import { notebookFolder, provideModule } from './modules.ts'

export function tellFailedTests(): void {
  // In no cell's name: its reporter prints as whoever has loaded it, for the first cell's tests and all later ones.
  const require = createRequire(`${notebookFolder}/notebook.cjs`)
  provideModule('node:test', () => cellContext.exit(() => require('node:test')))
  subscribe('tracing:node.test:error', (message) => {
    const { name, error } = message as { name?: unknown; error?: unknown }
    process.stderr.write(`✖ ${name}\n${toFailure(error).traceback.join('\n')}\n`)
  })
}
