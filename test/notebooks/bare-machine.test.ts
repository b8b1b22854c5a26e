/** Lessons on a machine that has nothing but its loopback show what they show anywhere. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { root } from '../runner/paths.ts'
import { runProgram } from '../runner/run-program.ts'
import { BARE_HOST, bare, noNamespaces as reason } from './namespace.ts'
import { normaliseOutputs } from './normalise.ts'
import { codeCells, lesson, lessons, nameOf, readNotebook } from './notebook.ts'

const folder = mkdtempSync(join(tmpdir(), 'bare-machine-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe.each(lessons)('%s', (path) => {
  test(`shows the same on a bare machine${reason ? ` (skipped: ${reason})` : ''}`, {
    timeout: 90_000,
  }, async (context) => {
    context.skip(reason !== undefined, reason)
    const target = join(folder, `${nameOf(path)}.ipynb`)
    const cli = [process.execPath, join(root, 'setup', 'socketlab.mjs')]
    await runProgram(...bare({}, ...cli, 'run', join(root, path), '--output', target, '--timeout', '60'))
    const shown = codeCells(readNotebook(target)).map((cell) => [cell.id, normaliseOutputs(cell, [BARE_HOST])])
    expect(shown).toEqual(codeCells(lesson(path)).map((cell) => [cell.id, normaliseOutputs(cell)]))
  })
})
