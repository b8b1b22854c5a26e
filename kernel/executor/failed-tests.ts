/**
 * Why a test of node:test has failed, below the cell that ran it: Node itself tells that at the process's end only, which
 * a notebook does not reach. Older Node has no such channel: there nothing is told.
 */
import { subscribe } from 'node:diagnostics_channel'
import { toFailure } from './failure.ts'

export function tellFailedTests(): void {
  subscribe('tracing:node.test:error', (message) => {
    const { name, error } = message as { name?: unknown; error?: unknown }
    process.stderr.write(`✖ ${name}\n${toFailure(error).traceback.join('\n')}\n`)
  })
}
